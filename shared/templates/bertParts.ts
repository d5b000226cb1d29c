import type { TemplateNode } from './buildDocument.ts';
import { transformerBlock } from './transformerBlock.ts';

const WIDTH = 64;

/** A transformer layer that looks both ways; the mask says where there are words. */
export const bertLayer = transformerBlock({
  id: 'layer',
  title: 'Transformer layer',
  width: WIDTH,
  heads: 4,
  causal: false,
  dropout: 0.1,
  masked: true,
});

/** Words to features: the part that pre-training learns and fine-tuning starts from. */
export const bertBody: readonly TemplateNode[] = [
  { id: 'word-vectors', kind: 'embedding', params: { units: WIDTH }, title: 'Word vectors', at: [2, 0] },
  { id: 'positions', kind: 'position-embedding', at: [3, 0] },
  {
    id: 'layers',
    kind: 'block',
    title: 'Transformer layers',
    params: { block: 'layer', repeat: 2 },
    at: [4, 0],
  },
  { id: 'norm', kind: 'layer-normalization', at: [5, 0] },
];

export const bertWires: readonly string[] = [
  'word-vectors.y > positions.x',
  'positions.y > layers.x',
  'speeches.mask > layers.mask',
  'layers.y > norm.x',
];
