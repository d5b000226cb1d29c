import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationSchema } from '../activations.ts';
import { convolutionSummary, convolutionTexts } from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import {
  inferSeparable,
  kerasSeparable,
  separableFlops,
  separableWeights,
  torchSeparable,
} from '../depthwise.ts';
import { kernelInitializerSchema } from '../initializers.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { paddingSchema, paddingText, sizePair } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: sizePair([3, 3], 255),
  strides: sizePair([1, 1], 255),
  padding: paddingSchema.default('same'),
  dilations: sizePair([1, 1], 255),
  multiplier: z.int().min(1).max(256).default(1),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * A depthwise convolution and then a 1×1 convolution: `[B, H, W, C]` → `[B, H′, W′, filters]`, kernels
 * `[kh, kw, C, multiplier]` and `[1, 1, C·multiplier, filters]`. Chollet 2017.
 */
export const separableConv2d = defineLayer({
  kind: 'separable-conv2d',
  category: 'convolution',
  icon: 'layers-3',
  text: {
    title: 'SeparableConv2D',
    description: 'Filters each channel by itself and then mixes channels.',
    params: {
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves, down and across.' },
      padding: paddingText,
      dilations: { label: 'Dilation', help: 'How far apart the filter’s taps are, down and across.' },
      multiplier: { label: 'Multiplier', help: 'Filters for each channel before the mixing.' },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['xception', 'mobilenet', 'depthwise separable', 'efficient'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferSeparable(x, windowOf(params), nodeId),
  weights: ({ inputs: { x }, params }) => separableWeights(x, windowOf(params)),
  flops: ({ inputs: { x }, outputs: { y }, params }) => separableFlops(x, y, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { depthwise, pointwise, bias }, params }) {
    const x = required(inputs.x, 'separable-conv2d: x');
    const { strides, padding, dilations } = params;
    const taps = required(depthwise, 'separable-conv2d: depthwise');
    const apart = ops.depthwiseConv2d(x, taps, { strides, padding, dilations });
    const mixed = ops.conv2d(apart, required(pointwise, 'separable-conv2d: pointwise'), {
      strides: [1, 1],
      padding: 'valid',
    });
    return { y: activate(ops, params.activation, bias ? ops.add(mixed, bias) : mixed) };
  },
  summary: (params) => convolutionSummary(windowOf(params)),
  lesson: {
    summary:
      'Does the two jobs of a convolution one after the other: first look at space within each channel, then mix the channels at each place. With 3×3 filters this takes about a ninth of the work, at little cost in accuracy.',
    formula: 'y = pointwise(depthwise(x))',
    references: [
      { title: 'Chollet 2017: Xception', url: 'https://arxiv.org/abs/1610.02357' },
      { title: 'Howard et al. 2017: MobileNets', url: 'https://arxiv.org/abs/1704.04861' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => torchSeparable(x, windowOf(params)),
    keras: ({ params }) => kerasSeparable(windowOf(params)),
  },
  examples: [
    {
      name: 'same padding',
      inputs: { x: float32([2, 5, 4, 3]) },
      params: { filters: 4, activation: 'relu' },
      outputs: { y: [2, 5, 4, 4] },
      parameterCount: 43,
    },
    {
      name: 'stride 2, two filters a channel, no bias',
      inputs: { x: float32([1, 7, 6, 2]) },
      params: { filters: 3, kernelSize: [3, 2], strides: [2, 2], multiplier: 2, bias: false },
      outputs: { y: [1, 4, 3, 3] },
      parameterCount: 36,
    },
    {
      name: 'valid, dilated',
      inputs: { x: float32([1, 7, 6, 2]) },
      params: { filters: 2, kernelSize: [3, 2], dilations: [2, 3], padding: 'valid' },
      outputs: { y: [1, 3, 3, 2] },
    },
  ],
});
