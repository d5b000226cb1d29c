import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 3·3·3·16 + 16 and 3·3·16·16 + 16. */
export const unetDown = readyBlock({
  reference: 'Ronneberger, Fischer and Brox 2015, U-Net',
  aliases: ['u-net', 'encoder', 'contracting path', 'segmentation'],
  block: {
    id: 'unet-down',
    title: 'U-Net down',
    description: 'Two convolutions, handed across to the way up, and the image at half its size.',
    category: 'convolution',
    icon: 'shrink',
    nodes: [
      convolution('conv-1', 16, 3, [0, 0], 'relu'),
      convolution('conv-2', 16, 3, [1, 0], 'relu'),
      { id: 'pool', kind: 'max-pool2d', at: [2, 1] },
    ],
    wires: ['conv-1.y > conv-2.x', 'conv-2.y > pool.x'],
    inputs: { x: 'conv-1.x' },
    outputs: { y: 'pool.y', across: 'conv-2.y' },
    params: { filters: 'conv-1.filters, conv-2.filters' },
  },
  example: {
    inputs: { x: [48, 48, 3] },
    outputs: { y: [24, 24, 16], across: [48, 48, 16] },
    parameterCount: 2768,
  },
});
