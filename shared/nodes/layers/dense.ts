import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { dimProduct, float32, withLast } from '../../types/shape.ts';
import { activate, activationMeaning, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer } from '../defineNode.ts';
import { kernelInitializer, kernelInitializerOptions, kernelInitializerSchema } from '../initializers.ts';
import { references } from '../references.ts';
import { kerasActivation, python, torchActivation } from '../sources.ts';

/**
 * Fully connected layer: y = act(x·kernel + bias), `[B, F]` → `[B, units]`, kernel `[F, units]`; of a
 * sequence `[B, T, F]` each step by itself. Rosenblatt 1958; Goodfellow et al. 2016, ch. 6. An image is a Problem.
 */
export const dense = defineLayer({
  kind: 'dense',
  category: 'dense',
  icon: 'share-2',
  text: {
    title: 'Dense',
    description: 'Connects every input to every unit.',
    params: {
      units: { label: 'Units', help: 'Size of the output.' },
      activation: { label: 'Activation', options: activationOptions },
      bias: { label: 'Bias' },
      initializer: {
        label: 'Initialiser',
        help: 'Starting values of the kernel.',
        options: kernelInitializerOptions,
      },
    },
    ports: { x: 'features', y: 'features' },
    aliases: ['linear', 'fully connected', 'fc', 'mlp', 'perceptron'],
  },
  params: z.object({
    units: z.int().min(1).max(1_000_000).default(64),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
    initializer: kernelInitializerSchema.default('glorot-uniform'),
  }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const features = x.shape.at(-1);
    if ((x.shape.length !== 2 && x.shape.length !== 3) || typeof features !== 'number') {
      return {
        problem: {
          code: 'needs-flat-input',
          port: 'x',
          data: { expected: 'B×N', received: formatShape(x.shape) },
          ...(x.shape.length > 3 && {
            fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
          }),
        },
        outputs: { y: float32([x.shape[0] ?? 'B', params.units]) },
      };
    }
    return {
      outputs: {
        y: { ...float32(withLast(x.shape, params.units)), ...activationMeaning(params.activation) },
      },
    };
  },
  weights({ inputs: { x }, params }) {
    const fanIn = x?.shape.at(-1);
    if (typeof fanIn !== 'number') return {};
    return {
      kernel: {
        shape: [fanIn, params.units],
        init: kernelInitializer(params.initializer, { fanIn, fanOut: params.units }),
        trainable: true,
      },
      ...(params.bias && {
        bias: { shape: [params.units], init: { kind: 'zeros' as const }, trainable: true },
      }),
    };
  },
  flops({ inputs: { x }, params }) {
    const rows = (x && dimProduct(x.shape.slice(1, -1))) ?? 1;
    return rows * (2 * Number(x?.shape.at(-1) ?? 0) + (params.bias ? 1 : 0)) * params.units;
  },
  forward({ ctx, inputs, weights, params }) {
    const x = inputs.x;
    const kernel = weights.kernel;
    if (!x || !kernel) throw new Error('dense: input or kernel missing');
    return { y: activate(ctx.ops, params.activation, ctx.ops.affine(x, kernel, weights.bias)) };
  },
  summary: (params) => [`${params.units} units · ${params.activation}`],
  lesson: {
    summary:
      'Every output is a weighted sum of all inputs, plus a bias, bent by the activation. Two of them with a bend between can approximate any function; without the bend they are one. The weights grow with inputs × units, so images are first made small.',
    formula: 'y = f(x·W + b)',
    references: [
      { title: 'Rosenblatt 1958: The perceptron', url: 'https://doi.org/10.1037/h0042519' },
      references.deepLearningBook,
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { units, bias, activation: name } }) => ({
      module: `nn.Linear(${x?.shape.at(-1)}, ${units}, bias=${python(bias)})`,
      call: torchActivation(name, '{self}({x})'),
      weights: { kernel: { name: 'weight', value: '{w}.T' }, ...(bias && { bias: { name: 'bias' } }) },
    }),
    keras: ({ params: { units, bias, activation: name } }) => ({
      module: `keras.layers.Dense(${units}, use_bias=${python(bias)})`,
      call: kerasActivation(name, '{self}({x})'),
      weights: { kernel: { name: 'kernel' }, ...(bias && { bias: { name: 'bias' } }) },
    }),
  },
  examples: [
    {
      name: 'with bias',
      inputs: { x: float32([4, 7]) },
      params: { units: 5, activation: 'tanh' },
      outputs: { y: [4, 5] },
      parameterCount: 40,
    },
    {
      name: 'without bias, He start',
      inputs: { x: float32([3, 6]) },
      params: { units: 4, activation: 'relu', bias: false, initializer: 'he-normal' },
      outputs: { y: [3, 4] },
      parameterCount: 24,
    },
    {
      name: 'each step of a sequence',
      inputs: { x: float32([2, 3, 4]) },
      params: { units: 5 },
      outputs: { y: [2, 3, 5] },
      parameterCount: 25,
    },
    {
      name: 'softmax over units',
      inputs: { x: float32([2, 3]) },
      params: { units: 10, activation: 'softmax' },
      outputs: { y: [2, 10] },
      parameterCount: 40,
    },
    {
      name: 'one sample, one unit',
      inputs: { x: float32([1, 1]) },
      params: { units: 1 },
      outputs: { y: [1, 1] },
      parameterCount: 2,
    },
  ],
});
