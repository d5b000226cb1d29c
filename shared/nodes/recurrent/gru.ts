import { float32 } from '../../types/shape.ts';
import { defineRecurrent } from '../recurrentLayer.ts';

/** Keras has its gates in the order z, r, n. */
const kerasOrder = (units: number): string =>
  `ops.concatenate([{w}[..., ${units}:${2 * units}], {w}[..., :${units}], {w}[..., ${2 * units}:]], -1)`;

/**
 * Gated recurrent unit over `[B, T, F]` (Cho et al. 2014), with the reset gate behind the recurrent
 * product, as in cuDNN and torch.nn.GRU. Gates lie in the order r, z, n.
 */
export const gru = defineRecurrent({
  kind: 'gru',
  title: 'GRU',
  description: 'Reads a sequence step by step with two gates: a lighter LSTM.',
  aliases: ['gated recurrent unit', 'rnn', 'recurrent', 'sequence', 'bidirectional'],
  gates: 3,
  states: ['h'],
  recurrentBias: true,
  torch: 'GRU',
  run: (ops, args) => ops.gru(args),
  keras: {
    layer: 'GRU',
    weights(units) {
      const value = kerasOrder(units);
      return {
        kernel: { name: 'kernel', value },
        recurrent: { name: 'recurrent_kernel', value },
        bias: { name: 'bias[0]', value },
        recurrentBias: { name: 'bias[1]', value },
      };
    },
  },
  lesson: {
    summary:
      'The update gate z mixes the old state with a new candidate, the reset gate r says how much of the old state the candidate sees. It has a quarter fewer weights than an LSTM and no separate memory, and often does as well. Try it first when data are few.',
    formula: 'r, z = σ(x·W + h·R + b)   n = tanh(x·Wₙ + r·(h·Rₙ + bₙ))   h ← (1 − z)·n + z·h',
    references: [
      {
        title: 'Cho et al. 2014: Learning phrase representations using RNN encoder–decoder',
        url: 'https://arxiv.org/abs/1406.1078',
      },
    ],
  },
  examples: [
    {
      name: 'every step',
      inputs: { x: float32([2, 3, 4]) },
      params: { units: 5 },
      outputs: { y: [2, 3, 5], h: [2, 5] },
      parameterCount: 3 * 5 * (4 + 5 + 2),
    },
    {
      name: 'last state, with a first state',
      inputs: { x: float32([2, 3, 2]), h0: float32([2, 3]) },
      params: { units: 3, returns: 'last' },
      outputs: { y: [2, 3], h: [2, 3] },
    },
    {
      name: 'two layers, both directions, masked',
      inputs: { x: float32([2, 3, 2]), mask: float32([2, 3]) },
      ranges: { mask: [0.3, 1] },
      params: { units: 2, layers: 2, bidirectional: true },
      outputs: { y: [2, 3, 4], h: [2, 8] },
    },
    {
      name: 'two layers, last state of both directions, masked, with first states and dropout',
      inputs: { x: float32([2, 3, 2]), h0: float32([2, 8]), mask: float32([2, 3]) },
      ranges: { mask: [0.3, 1] },
      params: { units: 2, layers: 2, bidirectional: true, returns: 'last', dropout: 0.2 },
      outputs: { y: [2, 4], h: [2, 8] },
    },
  ],
});
