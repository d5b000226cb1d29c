import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 3·3·(16 + 32)·16 + 16 and 3·3·16·16 + 16. */
export const unetUp = readyBlock({
  reference: 'Ronneberger, Fischer and Brox 2015, U-Net',
  aliases: ['u-net', 'decoder', 'expanding path', 'segmentation'],
  block: {
    id: 'unet-up',
    title: 'U-Net up',
    description: 'The image at twice its size, beside what came across, through two convolutions.',
    category: 'convolution',
    icon: 'expand',
    nodes: [
      { id: 'up', kind: 'up-sampling', at: [0, 1] },
      { id: 'join', kind: 'concatenate', at: [1, 0] },
      convolution('conv-1', 16, 3, [2, 0], 'relu'),
      convolution('conv-2', 16, 3, [3, 0], 'relu'),
    ],
    wires: ['up.y > join.values', 'join.y > conv-1.x', 'conv-1.y > conv-2.x'],
    inputs: { x: 'up.x', across: 'join.values' },
    outputs: { y: 'conv-2.y' },
    params: { filters: 'conv-1.filters, conv-2.filters' },
  },
  example: {
    inputs: { x: [24, 24, 32], across: [48, 48, 16] },
    outputs: { y: [48, 48, 16] },
    parameterCount: 9248,
  },
});
