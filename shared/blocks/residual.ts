import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 2·(3·3·16·16 + 16) of the convolutions and 2·2·16 of the norms. */
export const residual = readyBlock({
  reference: 'He et al. 2016, Deep Residual Learning for Image Recognition',
  aliases: ['resnet', 'skip connection', 'basic block'],
  block: {
    id: 'residual',
    title: 'Residual',
    description: 'Two convolutions whose result is added to their input, so that depth does no harm.',
    category: 'convolution',
    icon: 'git-branch',
    nodes: [
      convolution('conv-1', 16, 3, [0, 0]),
      { id: 'norm-1', kind: 'batch-normalization', at: [1, 0] },
      { id: 'relu-1', kind: 'activation', params: { activation: 'relu' }, at: [2, 0] },
      convolution('conv-2', 16, 3, [3, 0]),
      { id: 'norm-2', kind: 'batch-normalization', at: [4, 0] },
      { id: 'add', kind: 'add', at: [5, 1] },
      { id: 'relu-2', kind: 'activation', params: { activation: 'relu' }, at: [6, 1] },
    ],
    wires: [
      'conv-1.y > norm-1.x',
      'norm-1.y > relu-1.x',
      'relu-1.y > conv-2.x',
      'conv-2.y > norm-2.x',
      'norm-2.y > add.values',
      'add.y > relu-2.x',
    ],
    inputs: { x: 'conv-1.x, add.values' },
    outputs: { y: 'relu-2.y' },
    params: { filters: 'conv-1.filters, conv-2.filters' },
  },
  example: { inputs: { x: [14, 14, 16] }, outputs: { y: [14, 14, 16] }, parameterCount: 4704 },
});
