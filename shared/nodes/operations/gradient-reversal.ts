import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/** x forward, −factor·gradient backward. Ganin and Lempitsky 2015. */
export const gradientReversal = defineLayer({
  kind: 'gradient-reversal',
  category: 'operation',
  icon: 'undo-2',
  text: {
    title: 'Gradient reversal',
    description: 'Turns gradients round, so that what comes before learns the opposite.',
    params: { factor: { label: 'Factor', help: 'How strongly the reversed gradient counts.' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['adversarial', 'domain adaptation', 'dann', 'grl'],
  },
  ownGradient: true,
  params: z.object({ factor: z.number().min(0).max(100).default(1).meta({ step: 0.1 }) }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? { y: x } : {} }),
  forward: ({ ctx: { ops }, inputs, params }) => ({
    y: ops.reverseGradient(required(inputs.x, 'gradient-reversal: x'), params.factor),
  }),
  summary: ({ factor }) => [`× −${factor}`],
  lesson: {
    summary:
      'Numbers pass unchanged, gradients come back with the opposite sign. A classifier behind it learns to tell two sources apart, while the features before it learn to make that impossible.',
    formula: 'y = x,  ∂y/∂x ≔ −λ',
    references: [
      {
        title: 'Ganin and Lempitsky 2015: Unsupervised domain adaptation by backpropagation',
        url: 'https://arxiv.org/abs/1409.7495',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { factor } }) => ({
      call: `(lambda t: ${1 + factor} * t.detach() - ${factor} * t)({x})`,
    }),
    keras: ({ params: { factor } }) => ({
      call: `(lambda t: ${1 + factor} * ops.stop_gradient(t) - ${factor} * t)({x})`,
    }),
  },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([3, 5]) },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    { name: 'weaker', inputs: { x: float32([2, 2, 3]) }, params: { factor: 0.3 }, outputs: { y: [2, 2, 3] } },
  ],
});
