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
import {
  depthwiseSeries,
  kerasCausal,
  seriesWindow,
  seriesWindowParams,
  seriesWindowSummary,
  seriesWindowTexts,
  torchCausal,
} from '../seriesWindow.ts';

/**
 * A depthwise convolution along time and then one of a single step: `[B, T, C]` → `[B, T′, filters]`, kernels
 * `[k, C, multiplier]` and `[1, C·multiplier, filters]`. Chollet 2017.
 */
export const separableConv1d = defineLayer({
  kind: 'separable-conv1d',
  category: 'convolution',
  icon: 'chart-bar-stacked',
  text: {
    title: 'SeparableConv1D',
    description: 'Filters each channel of a series by itself and then mixes channels.',
    params: {
      ...convolutionTexts,
      ...seriesWindowTexts,
      multiplier: { label: 'Multiplier', help: 'Filters for each channel before the mixing.' },
    },
    ports: { x: 'series', y: 'series' },
    aliases: ['depthwise separable', 'convolution', 'temporal', 'causal', 'quartznet', 'efficient'],
  },
  params: z.object({
    filters: z.int().min(1).max(65_536).default(32),
    ...seriesWindowParams,
    multiplier: z.int().min(1).max(256).default(1),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
    initializer: kernelInitializerSchema.default('glorot-uniform'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferSeparable(x, seriesWindow(params), nodeId),
  weights: ({ inputs: { x }, params }) => separableWeights(x, seriesWindow(params)),
  flops: ({ inputs: { x }, outputs: { y }, params }) => separableFlops(x, y, seriesWindow(params)),
  forward({ ctx: { ops }, inputs, weights: { depthwise, pointwise, bias }, params }) {
    const x = required(inputs.x, 'separable-conv1d: x');
    const apart = depthwiseSeries(ops, x, required(depthwise, 'separable-conv1d: depthwise'), params);
    const mixing = required(pointwise, 'separable-conv1d: pointwise');
    const y = ops.affine(apart, ops.reshape(mixing, mixing.shape.slice(1)), bias);
    return { y: activate(ops, params.activation, y) };
  },
  summary: (params) => [
    `${params.filters} filters · ${seriesWindowSummary(params)}`,
    ...convolutionSummary(seriesWindow(params)).slice(1),
  ],
  lesson: {
    summary:
      'Looks along time within each channel first, and then mixes the channels at each step. For a kernel of k steps it has about a k-th of the weights of a Conv1D, so that long kernels stay cheap: small speech recognisers are built from it.',
    formula: 'y = pointwise(depthwise(x))',
    references: [
      {
        title:
          'Kriman et al. 2020: QuartzNet: deep automatic speech recognition with 1D time-channel separable convolutions',
        url: 'https://arxiv.org/abs/1910.10261',
      },
      { title: 'Chollet 2017: Xception', url: 'https://arxiv.org/abs/1610.02357' },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      const window = seriesWindow(params);
      if (params.padding !== 'causal') return torchSeparable(x, window);
      return torchCausal(torchSeparable(x, { ...window, padding: 'valid' }), params);
    },
    keras: ({ params }) => kerasSeparable(...kerasCausal(params)),
  },
  examples: [
    {
      name: 'same padding',
      inputs: { x: float32([2, 6, 3]) },
      params: { filters: 4, activation: 'relu' },
      outputs: { y: [2, 6, 4] },
      parameterCount: 9 + 12 + 4,
    },
    {
      name: 'stride 2, two filters a channel, no bias',
      inputs: { x: float32([1, 7, 2]) },
      params: { filters: 3, kernelSize: 4, strides: 2, multiplier: 2, bias: false },
      outputs: { y: [1, 4, 3] },
      parameterCount: 16 + 12,
    },
    {
      name: 'valid, dilated',
      inputs: { x: float32([2, 7, 2]) },
      params: { filters: 2, dilations: 2, padding: 'valid', activation: 'tanh' },
      outputs: { y: [2, 3, 2] },
      parameterCount: 6 + 4 + 2,
    },
    {
      name: 'causal',
      inputs: { x: float32([2, 5, 2]) },
      params: { filters: 2, kernelSize: 2, padding: 'causal' },
      outputs: { y: [2, 5, 2] },
      parameterCount: 4 + 4 + 2,
    },
  ],
});
