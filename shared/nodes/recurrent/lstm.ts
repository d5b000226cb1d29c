import { float32 } from '../../types/shape.ts';
import { defineRecurrent } from '../recurrentLayer.ts';

/**
 * Long short-term memory over `[B, T, F]` (Hochreiter and Schmidhuber 1997; with the forget gate of
 * Gers et al. 2000). Gates lie in the order i, f, g, o. torch.nn.LSTM with one bias.
 */
export const lstm = defineRecurrent({
  kind: 'lstm',
  title: 'LSTM',
  description: 'Reads a sequence step by step and learns what to keep and what to forget.',
  aliases: [
    'long short-term memory',
    'rnn',
    'recurrent',
    'sequence',
    'bidirectional',
    'bilstm',
    'vanishing gradient',
  ],
  gates: 4,
  states: ['h', 'c'],
  torch: 'LSTM',
  run: (ops, args) => ops.lstm(args),
  keras: {
    layer: 'LSTM',
    weights: () => ({
      kernel: { name: 'kernel' },
      recurrent: { name: 'recurrent_kernel' },
      bias: { name: 'bias' },
    }),
  },
  lesson: {
    summary:
      'A cell carries a memory c along the sequence. Three gates between 0 and 1 decide what is forgotten, what is written and what is shown as the output h. Since the memory is added to and not multiplied anew at each step, gradients survive hundreds of steps. It reads one step after the other, so long sequences are slow; a transformer reads all at once.',
    formula: 'i, f, o = σ(x·W + h·R + b)   g = tanh(…)   c ← f·c + i·g   h ← o·tanh(c)',
    references: [
      {
        title: 'Hochreiter and Schmidhuber 1997: Long short-term memory',
        url: 'https://doi.org/10.1162/neco.1997.9.8.1735',
      },
      { title: 'Gers, Schmidhuber and Cummins 2000: Learning to forget' },
    ],
  },
  examples: [
    {
      name: 'every step',
      inputs: { x: float32([2, 3, 4]) },
      params: { units: 5 },
      outputs: { y: [2, 3, 5], h: [2, 5], c: [2, 5] },
      parameterCount: 4 * 5 * (4 + 5 + 1),
    },
    {
      name: 'last state, with first states',
      inputs: { x: float32([2, 3, 2]), h0: float32([2, 3]), c0: float32([2, 3]) },
      params: { units: 3, returns: 'last' },
      outputs: { y: [2, 3], h: [2, 3], c: [2, 3] },
    },
    {
      name: 'two layers, both directions',
      inputs: { x: float32([2, 3, 2]) },
      params: { units: 2, layers: 2, bidirectional: true },
      outputs: { y: [2, 3, 4], h: [2, 8], c: [2, 8] },
      parameterCount: 2 * 4 * 2 * (2 + 2 + 1) + 2 * 4 * 2 * (4 + 2 + 1),
    },
    {
      name: 'masked',
      inputs: { x: float32([2, 3, 2]), mask: float32([2, 3]) },
      ranges: { mask: [0.3, 1] },
      params: { units: 2, returns: 'last' },
      outputs: { y: [2, 2], h: [2, 2], c: [2, 2] },
    },
    {
      name: 'two layers, both directions, masked, with a first state',
      inputs: { x: float32([2, 4, 2]), c0: float32([2, 8]), mask: float32([2, 4]) },
      ranges: { mask: [0.2, 1] },
      params: { units: 2, layers: 2, bidirectional: true },
      outputs: { y: [2, 4, 4], h: [2, 8], c: [2, 8] },
    },
    {
      name: 'nothing but padding, with first states',
      inputs: { x: float32([2, 2, 2]), h0: float32([2, 4]), c0: float32([2, 4]), mask: float32([2, 2]) },
      ranges: { mask: [0, 0.4] },
      params: { units: 2, bidirectional: true, returns: 'last' },
      outputs: { y: [2, 4], h: [2, 4], c: [2, 4] },
    },
    {
      name: 'with dropout',
      inputs: { x: float32([2, 3, 2]) },
      params: { units: 3, layers: 2, dropout: 0.3, recurrentDropout: 0.2 },
      outputs: { y: [2, 3, 3], h: [2, 6], c: [2, 6] },
    },
  ],
});
