import type { TemplateBlock } from './buildDocument.ts';

/** A decoder layer: attention to what is written, attention to what was read, feed-forward; each added to its input. */
export function decoderBlock(options: {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly heads: number;
}): TemplateBlock {
  const { id, title, width, heads } = options;
  return {
    id,
    title,
    description: 'Looks at what it has written, then at what the encoder read.',
    nodes: [
      { id: 'norm-1', kind: 'layer-normalization', at: [0, 0] },
      {
        id: 'own',
        kind: 'multi-head-attention',
        params: { heads, causal: true },
        title: 'Own attention',
        at: [1, 0],
      },
      { id: 'add-1', kind: 'add', at: [2, 0] },
      { id: 'norm-2', kind: 'layer-normalization', at: [0, 1] },
      { id: 'cross', kind: 'multi-head-attention', params: { heads }, title: 'Cross-attention', at: [1, 1] },
      { id: 'add-2', kind: 'add', at: [2, 1] },
      { id: 'norm-3', kind: 'layer-normalization', at: [0, 2] },
      {
        id: 'widen',
        kind: 'dense',
        params: { units: 4 * width, activation: 'gelu' },
        title: 'Widen',
        at: [1, 2],
      },
      { id: 'narrow', kind: 'dense', params: { units: width }, title: 'Narrow', at: [2, 2] },
      { id: 'add-3', kind: 'add', at: [3, 2] },
    ],
    wires: [
      'norm-1.y > own.query',
      'own.y > add-1.values',
      'add-1.y > norm-2.x',
      'norm-2.y > cross.query',
      'add-1.y > add-2.values',
      'cross.y > add-2.values',
      'add-2.y > norm-3.x',
      'norm-3.y > widen.x',
      'widen.y > narrow.x',
      'add-2.y > add-3.values',
      'narrow.y > add-3.values',
    ],
    inputs: { x: 'norm-1.x, add-1.values', memory: 'cross.key', mask: 'cross.mask' },
    outputs: { y: 'add-3.y' },
  };
}
