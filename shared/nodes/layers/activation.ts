import { z } from 'zod';
import { float32, sampleSize } from '../../types/shape.ts';
import { activate, activationMeaning, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * Applies a function to every number, or softmax over the last axis; the shape stays.
 * ReLU: Nair and Hinton 2010; GELU: Hendrycks and Gimpel 2016; SELU: Klambauer et al. 2017;
 * SiLU: Elfwing et al. 2017; ELU: Clevert et al. 2015.
 */
export const activation = defineLayer({
  kind: 'activation',
  category: 'activation',
  icon: 'activity',
  text: {
    title: 'Activation',
    description: 'Bends the numbers, so that layers can do more than a straight line.',
    params: { activation: { label: 'Function', options: activationOptions } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: Object.values(activationOptions),
  },
  params: z.object({ activation: activationSchema.default('relu') }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    return { outputs: { y: { ...float32(x.shape), ...activationMeaning(params.activation) } } };
  },
  flops: ({ inputs: { x }, params }) =>
    params.activation === 'linear' ? 0 : ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops }, inputs: { x }, params }) {
    if (!x) throw new Error('activation: input missing');
    return { y: activate(ops, params.activation, x) };
  },
  summary: (params) => [activationOptions[params.activation]],
  examples: activationSchema.options.map((name) => ({
    name,
    inputs: { x: float32(name === 'relu' ? [2, 3, 3, 2] : [3, 5]) },
    params: { activation: name },
    outputs: { y: name === 'relu' ? [2, 3, 3, 2] : [3, 5] },
    parameterCount: 0,
  })),
});
