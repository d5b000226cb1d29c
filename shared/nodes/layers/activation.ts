import { z } from 'zod';
import { float32, sampleSize } from '../../types/shape.ts';
import {
  activate,
  activationMeaning,
  activationOptions,
  activationSchema,
  LEAKY_SLOPE,
} from '../activations.ts';
import { needsBatch } from '../axes.ts';
import { defineLayer } from '../defineNode.ts';
import { kerasActivation, torchActivation } from '../sources.ts';

/**
 * Applies a function to every number, or softmax over the last axis; the shape stays.
 * ReLU: Nair and Hinton 2010; GELU: Hendrycks and Gimpel 2016; SELU: Klambauer et al. 2017;
 * SiLU: Elfwing et al. 2017; ELU: Clevert et al. 2015; Mish: Misra 2019.
 */
export const activation = defineLayer({
  kind: 'activation',
  category: 'activation',
  icon: 'activity',
  text: {
    title: 'Activation',
    description: 'Bends the numbers, so that layers can do more than a straight line.',
    params: {
      activation: { label: 'Function', options: activationOptions },
      slope: { label: 'Slope', help: 'What leaky ReLU lets through of negative numbers.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: [...Object.values(activationOptions), 'swish'],
  },
  params: z.object({
    activation: activationSchema.default('relu'),
    slope: z.number().min(0).max(1).default(LEAKY_SLOPE).meta({ step: 0.01 }),
  }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const overLastAxis = params.activation === 'softmax' || params.activation === 'log-softmax';
    const problem = overLastAxis ? needsBatch(x, 'x') : undefined;
    if (problem) return { problem };
    return { outputs: { y: { ...float32(x.shape), ...activationMeaning(params.activation) } } };
  },
  flops: ({ inputs: { x }, params }) =>
    params.activation === 'linear' ? 0 : ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops }, inputs: { x }, params }) {
    if (!x) throw new Error('activation: input missing');
    return { y: activate(ops, params.activation, x, params.slope) };
  },
  summary: ({ activation: name, slope }) => [
    name === 'leaky-relu' ? `${activationOptions[name]} · slope ${slope}` : activationOptions[name],
  ],
  lesson: {
    summary:
      'Layers alone only add and multiply: however many, they make a straight line. A bend between them makes the difference. ReLU is the plain choice; GELU and SiLU are smooth and usual in transformers; sigmoid, tanh and softmax squeeze numbers into a range, at the end or in gates.',
    formula: 'ReLU(x) = max(0, x),  softmax(x)ₖ = e^{xₖ} / Σ e^{xⱼ}',
    references: [
      { title: 'Nair and Hinton 2010: Rectified linear units improve restricted Boltzmann machines' },
      {
        title: 'Hendrycks and Gimpel 2016: Gaussian error linear units',
        url: 'https://arxiv.org/abs/1606.08415',
      },
      { title: 'Misra 2019: Mish', url: 'https://arxiv.org/abs/1908.08681' },
    ],
  },
  sources: {
    pytorch: ({ params: { activation: name, slope } }) => ({ call: torchActivation(name, '{x}', slope) }),
    keras: ({ params: { activation: name, slope } }) => ({ call: kerasActivation(name, '{x}', slope) }),
  },
  examples: [
    ...activationSchema.options.map((name) => ({
      name,
      inputs: { x: float32(name === 'relu' ? [2, 3, 3, 2] : [3, 5]) },
      params: { activation: name },
      outputs: { y: name === 'relu' ? [2, 3, 3, 2] : [3, 5] },
      parameterCount: 0,
    })),
    {
      name: 'steeper leak',
      inputs: { x: float32([2, 3, 4]) },
      params: { activation: 'leaky-relu', slope: 0.2 },
      outputs: { y: [2, 3, 4] },
    },
  ],
});
