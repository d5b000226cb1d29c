import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: (64·16 + 16) + 2·16 + (3·3·16·16 + 16) + 2·16 + (16·64 + 64) + 2·64. */
export const bottleneck = readyBlock({
  reference: 'He et al. 2016, Deep Residual Learning for Image Recognition',
  aliases: ['resnet', 'resnet-50', 'residual', 'skip connection'],
  block: {
    id: 'bottleneck',
    title: 'Bottleneck',
    description: 'A residual block that narrows the channels before its convolution and widens them after.',
    category: 'convolution',
    icon: 'shrink',
    nodes: [
      { ...convolution('narrow', 16, 1, [0, 0]), title: 'Narrow' },
      { id: 'norm-1', kind: 'batch-normalization', at: [1, 0] },
      { id: 'relu-1', kind: 'activation', params: { activation: 'relu' }, at: [2, 0] },
      convolution('conv', 16, 3, [3, 0]),
      { id: 'norm-2', kind: 'batch-normalization', at: [4, 0] },
      { id: 'relu-2', kind: 'activation', params: { activation: 'relu' }, at: [5, 0] },
      { ...convolution('widen', 64, 1, [6, 0]), title: 'Widen' },
      { id: 'norm-3', kind: 'batch-normalization', at: [7, 0] },
      { id: 'add', kind: 'add', at: [8, 1] },
      { id: 'relu-3', kind: 'activation', params: { activation: 'relu' }, at: [9, 1] },
    ],
    wires: [
      'narrow.y > norm-1.x',
      'norm-1.y > relu-1.x',
      'relu-1.y > conv.x',
      'conv.y > norm-2.x',
      'norm-2.y > relu-2.x',
      'relu-2.y > widen.x',
      'widen.y > norm-3.x',
      'norm-3.y > add.values',
      'add.y > relu-3.x',
    ],
    inputs: { x: 'narrow.x, add.values' },
    outputs: { y: 'relu-3.y' },
    params: { narrow: 'narrow.filters, conv.filters', filters: 'widen.filters' },
  },
  example: { inputs: { x: [14, 14, 64] }, outputs: { y: [14, 14, 64] }, parameterCount: 4640 },
});
