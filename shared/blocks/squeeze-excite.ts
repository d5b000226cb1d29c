import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 16·4 + 4 and 4·16 + 16. */
export const squeezeExcite = readyBlock({
  reference: 'Hu, Shen and Sun 2018, Squeeze-and-Excitation Networks',
  aliases: ['se block', 'senet', 'channel attention'],
  block: {
    id: 'squeeze-excite',
    title: 'Squeeze and excite',
    description: 'Weighs the channels of an image by what is in the whole of it.',
    category: 'convolution',
    icon: 'focus',
    nodes: [
      { id: 'pool', kind: 'global-pool', params: { keepDims: true }, at: [0, 0] },
      { ...convolution('squeeze', 4, 1, [1, 0], 'relu'), title: 'Squeeze' },
      { ...convolution('excite', 16, 1, [2, 0], 'sigmoid'), title: 'Excite' },
      { id: 'weigh', kind: 'multiply', title: 'Weigh', at: [3, 1] },
    ],
    wires: ['pool.y > squeeze.x', 'squeeze.y > excite.x', 'excite.y > weigh.values'],
    inputs: { x: 'pool.x, weigh.values' },
    outputs: { y: 'weigh.y' },
    params: { channels: 'excite.filters', squeezed: 'squeeze.filters' },
  },
  example: { inputs: { x: [14, 14, 16] }, outputs: { y: [14, 14, 16] }, parameterCount: 148 },
});
