import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/** What SELU tends to for very negative numbers: −λα. */
const SATURATION = -1.7580993408473766;

/**
 * Dropout for SELU networks: numbers are set to SELU's lowest value, and then all are scaled and shifted
 * so that mean 0 and variance 1 stay. Klambauer et al. 2017.
 */
export const alphaDropout = defineLayer({
  kind: 'alpha-dropout',
  category: 'normalization',
  icon: 'shuffle',
  text: {
    title: 'Alpha dropout',
    description: 'Dropout that keeps mean and variance, for SELU.',
    params: { rate: { label: 'Rate', help: 'Share of the numbers that is dropped.' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['selu', 'self-normalising', 'regularisation', 'overfitting'],
  },
  params: z.object({ rate: z.number().min(0).max(0.95).default(0.1).meta({ step: 0.05 }) }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? { y: x } : {} }),
  flops: ({ inputs: { x } }) => 4 * numbersOf(x),
  forward({ ctx: { ops, training, random }, inputs, params: { rate } }) {
    const x = required(inputs.x, 'alpha-dropout: x');
    if (!training || rate === 0) return { y: x };
    const kept = ops.cast(ops.greater(random.uniform(x.shape), ops.scalar(rate)), 'float32');
    const dropped = ops.mul(ops.sub(ops.scalar(1), kept), ops.scalar(SATURATION));
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * SATURATION ** 2));
    const shift = -scale * SATURATION * rate;
    const mixed = ops.add(ops.mul(x, kept), dropped);
    return { y: ops.add(ops.mul(mixed, ops.scalar(scale)), ops.scalar(shift)) };
  },
  summary: (params) => [`rate ${params.rate}`],
  lesson: {
    summary:
      'SELU networks keep mean 0 and variance 1 from layer to layer by themselves. Plain dropout would break that; this one drops to the value that SELU gives very negative numbers and corrects the rest. Use it with SELU and LeCun starts only.',
    formula: 'y = a·(x·m + α′·(1 − m)) + b',
    references: [
      {
        title: 'Klambauer et al. 2017: Self-normalizing neural networks',
        url: 'https://arxiv.org/abs/1706.02515',
      },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({ module: `nn.AlphaDropout(${params.rate})`, call: '{self}({x})' }),
    keras: ({ params }) => ({ module: `keras.layers.AlphaDropout(${params.rate})`, call: '{self}({x})' }),
  },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([4, 6]) },
      params: { rate: 0.25 },
      outputs: { y: [4, 6] },
      parameterCount: 0,
    },
    { name: 'series', inputs: { x: float32([2, 3, 4]) }, params: {}, outputs: { y: [2, 3, 4] } },
  ],
});
