import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationSchema } from '../activations.ts';
import {
  convolutionFlops,
  convolutionSummary,
  convolutionTexts,
  convolutionWeights,
  inferConvolution,
  kerasConvolution,
  torchConvolution,
} from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import { kernelInitializerSchema } from '../initializers.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { paddingSchema, paddingText, sizePair } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: sizePair([3, 3], 255),
  strides: sizePair([1, 1], 255),
  padding: paddingSchema.default('same'),
  dilations: sizePair([1, 1], 255),
  groups: z.int().min(1).max(65_536).default(1),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * Two-dimensional convolution (cross-correlation) over an image:
 * `[B, H, W, Cin]` → `[B, H′, W′, filters]`, kernel `[kh, kw, Cin / groups, filters]`.
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
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves, down and across.' },
      padding: paddingText,
      dilations: { label: 'Dilation', help: 'How far apart the filter’s taps are, down and across.' },
      groups: { label: 'Groups', help: 'Channels are split into so many groups that do not see each other.' },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['convolution', 'cnn', 'filter', 'kernel', 'dilated', 'atrous', 'grouped'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferConvolution(x, windowOf(params), nodeId),
  weights: ({ inputs: { x }, params }) => convolutionWeights(x, windowOf(params)),
  flops: ({ inputs: { x }, outputs: { y }, params }) => convolutionFlops(x, y, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv2d: x');
    const { strides, padding, dilations, groups } = params;
    const y = ops.conv2d(x, required(kernel, 'conv2d: kernel'), { strides, padding, dilations, groups });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => convolutionSummary(windowOf(params)),
  lesson: {
    summary:
      'The same small filter looks at every place, so that what is learned in one corner is known everywhere and few weights suffice. Each output channel answers: where is my pattern? Stacked layers see ever larger parts; strides and dilation make them grow faster.',
    formula: 'y[i, j, f] = b_f + Σ x[i·s + u, j·s + v, c] · k[u, v, c, f]',
    references: [
      {
        title: 'LeCun et al. 1989: Backpropagation applied to handwritten zip code recognition',
        url: 'https://doi.org/10.1162/neco.1989.1.4.541',
      },
      references.convolutionArithmetic,
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => torchConvolution(x, windowOf(params)),
    keras: ({ params }) => kerasConvolution(windowOf(params)),
  },
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
    {
      name: 'dilated',
      inputs: { x: float32([2, 7, 6, 2]) },
      params: { filters: 3, dilations: [2, 3] },
      outputs: { y: [2, 7, 6, 3] },
      parameterCount: 57,
    },
    {
      name: 'two groups',
      inputs: { x: float32([2, 5, 4, 4]) },
      params: { filters: 6, groups: 2, padding: 'valid', kernelSize: [3, 2] },
      outputs: { y: [2, 3, 3, 6] },
      parameterCount: 78,
    },
  ],
});
