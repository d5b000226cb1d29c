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
import {
  paddedSeries,
  seriesWindow,
  seriesWindowParams,
  seriesWindowSummary,
  seriesWindowTexts,
  torchCausal,
} from '../seriesWindow.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  ...seriesWindowParams,
  groups: z.int().min(1).max(65_536).default(1),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});

/**
 * Convolution along time: `[B, T, Cin]` → `[B, T′, filters]`, kernel `[k, Cin / groups, filters]`.
 * Causal: a step sees only itself and what came before (van den Oord et al. 2016).
 */
export const conv1d = defineLayer({
  kind: 'conv1d',
  category: 'convolution',
  icon: 'chart-bar',
  text: {
    title: 'Conv1D',
    description: 'Slides learned filters along a series.',
    params: {
      ...convolutionTexts,
      ...seriesWindowTexts,
      groups: { label: 'Groups', help: 'Channels are split into so many groups that do not see each other.' },
    },
    ports: { x: 'series', y: 'series' },
    aliases: ['convolution', 'temporal', 'causal', 'wavenet', 'tcn', 'signal', 'dilated', 'grouped'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferConvolution(x, seriesWindow(params), nodeId),
  weights: ({ inputs: { x }, params }) => convolutionWeights(x, seriesWindow(params)),
  flops: ({ inputs: { x }, outputs: { y }, params }) => convolutionFlops(x, y, seriesWindow(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv1d: x');
    const { strides, dilations, groups } = params;
    const { series, padding } = paddedSeries(ops, x, params);
    const taps = required(kernel, 'conv1d: kernel');
    const y = ops.conv1d(series, taps, { strides, padding, dilations, groups });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => [
    `${params.filters} filters · ${seriesWindowSummary(params)}`,
    ...convolutionSummary(seriesWindow(params)).slice(1),
  ],
  lesson: {
    summary:
      'Finds short patterns wherever in time they occur, all steps at once, where a recurrent layer goes step by step. With causal padding and dilations 1, 2, 4, … a few layers look far back without seeing the future.',
    formula: 'y[t, f] = b_f + Σ x[t·s + d·u, c] · k[u, c, f]',
    references: [
      { title: 'van den Oord et al. 2016: WaveNet', url: 'https://arxiv.org/abs/1609.03499' },
      references.convolutionArithmetic,
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      if (params.padding !== 'causal') return torchConvolution(x, seriesWindow(params));
      return torchCausal(torchConvolution(x, { ...seriesWindow(params), padding: 'valid' }), params);
    },
    keras({ params }) {
      const source = kerasConvolution(seriesWindow(params));
      return {
        ...source,
        module: (source.module ?? '').replace(/padding="\w+"/, `padding="${params.padding}"`),
      };
    },
  },
  examples: [
    {
      name: 'same padding',
      inputs: { x: float32([2, 7, 3]) },
      params: { filters: 4, activation: 'relu' },
      outputs: { y: [2, 7, 4] },
      parameterCount: 40,
    },
    {
      name: 'valid, stride 2, even kernel',
      inputs: { x: float32([2, 9, 2]) },
      params: { filters: 3, kernelSize: 4, strides: 2, padding: 'valid', bias: false },
      outputs: { y: [2, 3, 3] },
      parameterCount: 24,
    },
    {
      name: 'causal and dilated',
      inputs: { x: float32([2, 6, 2]) },
      params: { filters: 2, dilations: 2, padding: 'causal', activation: 'tanh' },
      outputs: { y: [2, 6, 2] },
      parameterCount: 14,
    },
    {
      name: 'groups, same padding, stride 3',
      inputs: { x: float32([1, 8, 4]) },
      params: { filters: 4, groups: 2, strides: 3 },
      outputs: { y: [1, 3, 4] },
      parameterCount: 28,
    },
  ],
});
