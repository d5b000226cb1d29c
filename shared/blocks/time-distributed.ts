import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

/** Parameters: 3·3·1·16 + 16. */
export const timeDistributed = readyBlock({
  reference: 'Keras, TimeDistributed; frames by a CNN and time by an RNN as in Donahue et al. 2015 (LRCN)',
  aliases: ['timedistributed', 'per step', 'every frame', 'film', 'video', 'wrapper', 'lrcn'],
  block: {
    id: 'time-distributed',
    title: 'Time-distributed',
    description:
      'Does the same with each frame of a film: open it and put your own layers between the two ends.',
    category: 'recurrent',
    icon: 'film',
    nodes: [
      { id: 'apart', kind: 'time-to-batch', at: [0, 0] },
      convolution('conv', 16, 3, [1, 0], 'relu'),
      { id: 'pool', kind: 'global-pool', at: [2, 0] },
      { id: 'together', kind: 'batch-to-time', at: [3, 1] },
    ],
    wires: ['apart.y > conv.x', 'conv.y > pool.x', 'pool.y > together.x'],
    inputs: { x: 'apart.x, together.like' },
    outputs: { y: 'together.y' },
    params: { filters: 'conv.filters' },
  },
  example: { inputs: { x: [5, 8, 8, 1] }, outputs: { y: [5, 16] }, parameterCount: 160 },
});
