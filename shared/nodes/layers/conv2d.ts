import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationMeaning, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer } from '../defineNode.ts';
import { kernelInitializer, kernelInitializerOptions, kernelInitializerSchema } from '../initializers.ts';
import { paddingOptions, paddingSchema, sizePair, slideWindow } from '../window.ts';

/**
 * Two-dimensional convolution (cross-correlation) over an image:
 * `[B, H, W, Cin]` → `[B, H′, W′, filters]`, kernel `[kh, kw, Cin, filters]`.
 * LeCun et al. 1989; padding as in TensorFlow. A kernel that does not fit, or an input without
 * height, width and channels, is a Problem.
 */
export const conv2d = defineLayer({
  kind: 'conv2d',
  category: 'convolution',
  icon: 'grid-3x3',
  text: {
    title: 'Conv2D',
    description: 'Slides learned filters over an image.',
    params: {
      filters: { label: 'Filters', help: 'Channels of the output.' },
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves, down and across.' },
      padding: {
        label: 'Padding',
        help: 'Same keeps height and width (at stride 1); valid uses whole windows only.',
        options: paddingOptions,
      },
      activation: { label: 'Activation', options: activationOptions },
      bias: { label: 'Bias' },
      initializer: {
        label: 'Initialiser',
        help: 'Starting values of the kernel.',
        options: kernelInitializerOptions,
      },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['convolution', 'cnn', 'filter', 'kernel'],
  },
  params: z.object({
    filters: z.int().min(1).max(65_536).default(32),
    kernelSize: sizePair([3, 3], 255),
    strides: sizePair([1, 1], 255),
    padding: paddingSchema.default('same'),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
    initializer: kernelInitializerSchema.default('glorot-uniform'),
  }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const slid = slideWindow(x, { ...params, size: params.kernelSize });
    if ('problem' in slid) {
      return slid.problem.code === 'window-too-large'
        ? {
            problem: {
              ...slid.problem,
              param: 'kernelSize',
              fix: { kind: 'set-param', nodeId, param: 'padding', value: 'same' },
            },
          }
        : slid;
    }
    const shape = [x.shape[0] ?? 'B', slid.height, slid.width, params.filters];
    return { outputs: { y: { ...float32(shape), ...activationMeaning(params.activation) } } };
  },
  weights({ inputs: { x }, params }) {
    const channels = x?.shape[3];
    if (typeof channels !== 'number') return {};
    const [height, width] = params.kernelSize;
    const fans = { fanIn: height * width * channels, fanOut: height * width * params.filters };
    return {
      kernel: {
        shape: [height, width, channels, params.filters],
        init: kernelInitializer(params.initializer, fans),
        trainable: true,
      },
      ...(params.bias && {
        bias: { shape: [params.filters], init: { kind: 'zeros' as const }, trainable: true },
      }),
    };
  },
  flops({ inputs: { x }, outputs: { y }, params }) {
    if (!x || y?.type !== 'tensor') return 0;
    const positions = Number(y.shape[1]) * Number(y.shape[2]) * params.filters;
    const perPosition = 2 * params.kernelSize[0] * params.kernelSize[1] * Number(x.shape[3]);
    return positions * (perPosition + (params.bias ? 1 : 0));
  },
  forward({ ctx: { ops }, inputs: { x }, weights: { kernel, bias }, params }) {
    if (!x || !kernel) throw new Error('conv2d: input or kernel missing');
    const y = ops.conv2d(x, kernel, { strides: params.strides, padding: params.padding });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => [
    `${params.filters} filters · ${params.kernelSize.join('×')} · ${params.padding}`,
    `stride ${params.strides[0] === params.strides[1] ? params.strides[0] : params.strides.join('×')} · ${params.activation}`,
  ],
  examples: [
    {
      name: 'same padding, relu',
      inputs: { x: float32([2, 8, 8, 3]) },
      params: { filters: 4, activation: 'relu' },
      outputs: { y: [2, 8, 8, 4] },
      parameterCount: 112,
    },
    {
      name: 'valid padding, stride 2, odd size, no bias',
      inputs: { x: float32([2, 9, 7, 2]) },
      params: { filters: 3, strides: [2, 2], padding: 'valid', bias: false, initializer: 'he-normal' },
      outputs: { y: [2, 4, 3, 3] },
      parameterCount: 54,
    },
    {
      name: 'same padding, uneven stride, even kernel',
      inputs: { x: float32([1, 7, 10, 1]) },
      params: { filters: 2, kernelSize: [2, 4], strides: [3, 2], activation: 'tanh' },
      outputs: { y: [1, 3, 5, 2] },
      parameterCount: 18,
    },
    {
      name: 'kernel as large as the image',
      inputs: { x: float32([3, 5, 5, 2]) },
      params: { filters: 6, kernelSize: [5, 5], padding: 'valid' },
      outputs: { y: [3, 1, 1, 6] },
      parameterCount: 306,
    },
  ],
});
