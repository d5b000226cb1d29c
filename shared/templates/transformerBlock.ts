import type { TemplateBlock } from './buildDocument.ts';

/**
 * A transformer layer with the norms before its parts (Xiong et al. 2020), opened up: attention and a
 * feed-forward of two dense layers, each added to its input.
 */
export function transformerBlock(options: {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly heads: number;
  readonly causal: boolean;
  readonly dropout?: number;
  /** With a port for a mask: 1 where there is something to look at. */
  readonly masked?: boolean;
}): TemplateBlock {
  const { id, title, width, heads, causal, dropout = 0, masked = false } = options;
  return {
    id,
    title,
    description: 'Attention, then a feed-forward, each added to its input.',
    nodes: [
      { id: 'norm-1', kind: 'layer-normalization', at: [0, 0] },
      {
        id: 'attention',
        kind: 'multi-head-attention',
        params: { heads, causal, dropout },
        at: [1, 0],
      },
      { id: 'dropout-1', kind: 'dropout', params: { rate: dropout }, at: [2, 0] },
      { id: 'add-1', kind: 'add', at: [3, 0] },
      { id: 'norm-2', kind: 'layer-normalization', at: [0, 1] },
      {
        id: 'widen',
        kind: 'dense',
        params: { units: 4 * width, activation: 'gelu' },
        title: 'Widen',
        at: [1, 1],
      },
      { id: 'narrow', kind: 'dense', params: { units: width }, title: 'Narrow', at: [2, 1] },
      { id: 'dropout-2', kind: 'dropout', params: { rate: dropout }, at: [3, 1] },
      { id: 'add-2', kind: 'add', at: [4, 1] },
    ],
    wires: [
      'norm-1.y > attention.query',
      'attention.y > dropout-1.x',
      'dropout-1.y > add-1.values',
      'add-1.y > norm-2.x',
      'norm-2.y > widen.x',
      'widen.y > narrow.x',
      'narrow.y > dropout-2.x',
      'add-1.y > add-2.values',
      'dropout-2.y > add-2.values',
    ],
    inputs: { x: 'norm-1.x, add-1.values', ...(masked && { mask: 'attention.mask' }) },
    outputs: { y: 'add-2.y' },
  };
}
