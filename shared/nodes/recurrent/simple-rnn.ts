import { float32 } from '../../types/shape.ts';
import { defineRecurrent } from '../recurrentLayer.ts';

/** Elman's network over `[B, T, F]` (Elman 1990): torch.nn.RNN with tanh and one bias. */
export const simpleRnn = defineRecurrent({
  kind: 'simple-rnn',
  title: 'Simple RNN',
  description: 'Reads a sequence step by step; its state is its last output.',
  aliases: ['elman', 'vanilla rnn', 'recurrent', 'sequence', 'bidirectional'],
  gates: 1,
  states: ['h'],
  torch: 'RNN',
  run: (ops, args) => ops.simpleRnn({ ...args, activation: 'tanh' }),
  keras: {
    layer: 'SimpleRNN',
    weights: () => ({
      kernel: { name: 'kernel' },
      recurrent: { name: 'recurrent_kernel' },
      bias: { name: 'bias' },
    }),
  },
  lesson: {
    summary:
      'The same small layer is applied at each step to the new input and to its own last output. It shows the idea of recurrence with nothing else. Its gradient is multiplied by the recurrent kernel at every step, so it fades or grows over long sequences: take an LSTM or a GRU there.',
    formula: 'h ← tanh(x·W + h·R + b)',
    references: [
      { title: 'Elman 1990: Finding structure in time', url: 'https://doi.org/10.1207/s15516709cog1402_1' },
    ],
  },
  examples: [
    {
      name: 'every step',
      inputs: { x: float32([2, 3, 4]) },
      params: { units: 5 },
      outputs: { y: [2, 3, 5], h: [2, 5] },
      parameterCount: 5 * (4 + 5 + 1),
    },
    {
      name: 'last state of both directions, with a first state',
      inputs: { x: float32([2, 3, 2]), h0: float32([2, 6]) },
      params: { units: 3, bidirectional: true, returns: 'last' },
      outputs: { y: [2, 6], h: [2, 6] },
    },
    {
      name: 'two layers, masked',
      inputs: { x: float32([2, 3, 2]), mask: float32([2, 3]) },
      ranges: { mask: [0.3, 1] },
      params: { units: 2, layers: 2 },
      outputs: { y: [2, 3, 2], h: [2, 4] },
    },
  ],
});
