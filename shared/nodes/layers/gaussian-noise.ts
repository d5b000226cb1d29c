import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/** Adds normal noise while training, or multiplies by noise around 1 (Gaussian dropout). Bishop 1995. */
export const gaussianNoise = defineLayer({
  kind: 'gaussian-noise',
  category: 'normalization',
  icon: 'audio-waveform',
  text: {
    title: 'Gaussian noise',
    description: 'Adds random noise while training.',
    params: {
      deviation: { label: 'Deviation', help: 'Standard deviation of the noise.' },
      mode: { label: 'Mode', options: { add: 'Add', multiply: 'Multiply (Gaussian dropout)' } },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['noise', 'gaussian dropout', 'denoising', 'augmentation', 'regularisation', 'overfitting'],
  },
  params: z.object({
    deviation: z.number().min(0).max(100).default(0.1).meta({ step: 0.05 }),
    mode: z.enum(['add', 'multiply']).default('add'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? { y: float32(x.shape) } : {} }),
  flops: ({ inputs: { x } }) => 2 * numbersOf(x),
  forward({ ctx: { ops, training, random }, inputs, params: { deviation, mode } }) {
    const x = required(inputs.x, 'gaussian-noise: x');
    if (!training || deviation === 0) return { y: x };
    const noise = ops.mul(random.normal(x.shape), ops.scalar(deviation));
    return { y: mode === 'add' ? ops.add(x, noise) : ops.mul(x, ops.add(noise, ops.scalar(1))) };
  },
  summary: ({ deviation, mode }) => [`${mode === 'add' ? '+' : '×'} deviation ${deviation}`],
  lesson: {
    summary:
      'Shakes the numbers while training, so that the network learns not to depend on small differences: to first order it is a penalty on steep slopes. On the input it makes more data out of the same; an auto-encoder behind it learns to remove noise.',
    formula: 'y = x + σ·ε,  ε ~ N(0, 1)',
    references: [
      {
        title: 'Bishop 1995: Training with noise is equivalent to Tikhonov regularization',
        url: 'https://doi.org/10.1162/neco.1995.7.1.108',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { deviation, mode } }) => ({
      module: 'nn.Identity()',
      call:
        mode === 'add'
          ? `({x} + ${deviation} * torch.randn_like({x}) if {self}.training else {x})`
          : `({x} * (1 + ${deviation} * torch.randn_like({x})) if {self}.training else {x})`,
    }),
    keras: ({ params: { deviation, mode } }) => ({
      module:
        mode === 'add'
          ? `keras.layers.GaussianNoise(${deviation})`
          : `keras.layers.GaussianDropout(${deviation ** 2 / (1 + deviation ** 2)})`,
      call: '{self}({x})',
    }),
  },
  examples: [
    { name: 'add', inputs: { x: float32([4, 6]) }, params: {}, outputs: { y: [4, 6] }, parameterCount: 0 },
    {
      name: 'multiply',
      inputs: { x: float32([2, 3, 3, 2]) },
      params: { deviation: 0.5, mode: 'multiply' },
      outputs: { y: [2, 3, 3, 2] },
    },
  ],
});
