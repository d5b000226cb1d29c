import { z } from 'zod';
import { activate, activationSchema } from '../activations.ts';
import { defineLayer } from '../defineNode.ts';

/** Fully connected layer: y = act(x·W + b). Rosenblatt 1958; Goodfellow et al. 2016, ch. 6. */
export const dense = defineLayer({
  kind: 'dense',
  category: 'dense',
  icon: 'share-2',
  text: {
    title: 'Dense',
    description: 'Connects every input to every unit.',
    params: {
      units: { label: 'Units', help: 'Size of the output.' },
      activation: { label: 'Activation' },
      bias: { label: 'Bias' },
    },
    ports: { x: 'features', y: 'features' },
    aliases: ['linear', 'fully connected', 'fc', 'mlp', 'perceptron'],
  },
  params: z.object({
    units: z.int().min(1).max(1_000_000).default(64),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
  }),
  ports: { inputs: [{ id: 'x', type: 'tensor' }], outputs: [{ id: 'y', type: 'tensor' }] },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const features = x.shape.at(-1);
    if (x.shape.length !== 2 || typeof features !== 'number') {
      return {
        problem: {
          code: 'needs-flat-input',
          port: 'x',
          data: { expected: 'B×N', received: x.shape.join('×') },
          ...(x.shape.length > 2 && {
            fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
          }),
        },
      };
    }
    return {
      outputs: { y: { type: 'tensor', dtype: 'float32', shape: [...x.shape.slice(0, -1), params.units] } },
    };
  },
  weights({ inputs: { x }, params }) {
    const fanIn = x?.shape.at(-1);
    if (typeof fanIn !== 'number') return {};
    return {
      kernel: {
        shape: [fanIn, params.units],
        init: { kind: 'glorot-uniform', fanIn, fanOut: params.units },
        trainable: true,
      },
      ...(params.bias && { bias: { shape: [params.units], init: { kind: 'zeros' }, trainable: true } }),
    };
  },
  flops({ inputs: { x }, params }) {
    return 2 * Number(x?.shape.at(-1) ?? 0) * params.units;
  },
  forward({ ctx, inputs, weights, params }) {
    const x = inputs.x;
    const kernel = weights.kernel;
    if (!x || !kernel) throw new Error('dense: input or kernel missing');
    return { y: activate(ctx.ops, params.activation, ctx.ops.affine(x, kernel, weights.bias)) };
  },
  summary: (params) => [`${params.units} units · ${params.activation}`],
  examples: [
    {
      name: 'with bias',
      inputs: { x: { type: 'tensor', dtype: 'float32', shape: [4, 7] } },
      params: { units: 5, activation: 'tanh' },
      outputs: { y: [4, 5] },
      parameterCount: 40,
    },
  ],
});
