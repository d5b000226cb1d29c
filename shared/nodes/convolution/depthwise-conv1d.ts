import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationSchema } from '../activations.ts';
import { convolutionTexts, inferConvolution } from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import { asGrouped, depthwiseFlops, depthwiseWeights, kerasDepthwise, torchDepthwise } from '../depthwise.ts';
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

const { filters: _filters, ...texts } = convolutionTexts;

/**
 * Each channel has filters of its own along time: `[B, T, C]` → `[B, T′, C·multiplier]`, kernel
 * `[k, C, multiplier]`, output channel c·multiplier + m.
 */
export const depthwiseConv1d = defineLayer({
  kind: 'depthwise-conv1d',
  category: 'convolution',
  icon: 'chart-gantt',
  text: {
    title: 'DepthwiseConv1D',
    description: 'Filters each channel of a series by itself.',
    params: {
      ...texts,
      multiplier: { label: 'Multiplier', help: 'Filters for each channel.' },
      ...seriesWindowTexts,
    },
    ports: { x: 'series', y: 'series' },
    aliases: ['channelwise', 'convolution', 'temporal', 'causal', 'conformer', 'mamba', 'efficient'],
  },
  params: z.object({
    multiplier: z.int().min(1).max(256).default(1),
    ...seriesWindowParams,
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
    initializer: kernelInitializerSchema.default('glorot-uniform'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) =>
    inferConvolution(x, asGrouped(seriesWindow(params), x), nodeId),
  weights: ({ inputs: { x }, params }) => depthwiseWeights(x, seriesWindow(params)),
  flops: ({ outputs: { y }, params }) => depthwiseFlops(y, seriesWindow(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'depthwise-conv1d: x');
    const y = depthwiseSeries(ops, x, required(kernel, 'depthwise-conv1d: kernel'), params);
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => [
    `${params.multiplier} per channel · ${seriesWindowSummary(params)}`,
    `stride ${params.strides} · ${params.activation}`,
  ],
  lesson: {
    summary:
      'Looks along time for short patterns and leaves channels apart: a few weights for each feature. A dense layer after it mixes the features. State-space models and speech encoders let every token glance at its immediate past in this way, with causal padding.',
    formula: 'y[t, c·M + m] = Σ x[t·s + d·u, c] · k[u, c, m]',
    references: [
      {
        title: 'Wu et al. 2019: Pay less attention with lightweight and dynamic convolutions',
        url: 'https://arxiv.org/abs/1901.10430',
      },
      {
        title: 'Gu and Dao 2023: Mamba: linear-time sequence modeling with selective state spaces',
        url: 'https://arxiv.org/abs/2312.00752',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      const window = seriesWindow(params);
      if (params.padding !== 'causal') return torchDepthwise(x, window);
      return torchCausal(torchDepthwise(x, { ...window, padding: 'valid' }), params);
    },
    keras: ({ params }) => kerasDepthwise(...kerasCausal(params)),
  },
  examples: [
    {
      name: 'one filter a channel',
      inputs: { x: float32([2, 6, 3]) },
      params: { activation: 'tanh' },
      outputs: { y: [2, 6, 3] },
      parameterCount: 12,
    },
    {
      name: 'two filters, stride 2, valid',
      inputs: { x: float32([2, 9, 2]) },
      params: { multiplier: 2, kernelSize: 4, strides: 2, padding: 'valid', bias: false },
      outputs: { y: [2, 3, 4] },
      parameterCount: 16,
    },
    {
      name: 'same, stride 3, even kernel',
      inputs: { x: float32([1, 8, 2]) },
      params: { kernelSize: 4, strides: 3 },
      outputs: { y: [1, 3, 2] },
    },
    {
      name: 'causal and dilated',
      inputs: { x: float32([2, 5, 2]) },
      params: { dilations: 2, padding: 'causal', activation: 'silu' },
      outputs: { y: [2, 5, 2] },
      parameterCount: 8,
    },
  ],
});
