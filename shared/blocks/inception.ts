import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters for 32 channels: 528 + (528 + 3·3·16·24 + 24) + (132 + 5·5·4·8 + 8) + 264. */
export const inception = readyBlock({
  reference: 'Szegedy et al. 2015, Going Deeper with Convolutions',
  aliases: ['googlenet', 'branches', 'multi-scale'],
  block: {
    id: 'inception',
    title: 'Inception',
    description: 'Convolutions of several sizes side by side, their channels put together.',
    category: 'convolution',
    icon: 'split',
    nodes: [
      convolution('conv-1', 16, 1, [1, 0], 'relu'),
      { ...convolution('narrow-3', 16, 1, [0, 1], 'relu'), title: 'Narrow' },
      convolution('conv-3', 24, 3, [1, 1], 'relu'),
      { ...convolution('narrow-5', 4, 1, [0, 2], 'relu'), title: 'Narrow' },
      convolution('conv-5', 8, 5, [1, 2], 'relu'),
      {
        id: 'pool',
        kind: 'max-pool2d',
        params: { poolSize: [3, 3], strides: [1, 1], padding: 'same' },
        at: [0, 3],
      },
      convolution('conv-pool', 8, 1, [1, 3], 'relu'),
      { id: 'join', kind: 'concatenate', at: [2, 1] },
    ],
    wires: [
      'narrow-3.y > conv-3.x',
      'narrow-5.y > conv-5.x',
      'pool.y > conv-pool.x',
      'conv-1.y > join.values',
      'conv-3.y > join.values',
      'conv-5.y > join.values',
      'conv-pool.y > join.values',
    ],
    inputs: { x: 'conv-1.x, narrow-3.x, narrow-5.x, pool.x' },
    outputs: { y: 'join.y' },
    params: {
      'filters-1': 'conv-1.filters',
      'filters-3': 'conv-3.filters',
      'filters-5': 'conv-5.filters',
      'filters-pool': 'conv-pool.filters',
    },
  },
  example: { inputs: { x: [14, 14, 32] }, outputs: { y: [14, 14, 56] }, parameterCount: 5740 },
});
