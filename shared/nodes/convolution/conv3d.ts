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
import { paddingSchema, paddingText, sizeTriple } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: sizeTriple([3, 3, 3], 255),
  strides: sizeTriple([1, 1, 1], 255),
  padding: paddingSchema.default('same'),
  dilations: sizeTriple([1, 1, 1], 255),
  groups: z.int().min(1).max(65_536).default(1),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * Convolution over a volume or a film: `[B, D, H, W, Cin]` → `[B, D′, H′, W′, filters]`, kernel
 * `[kd, kh, kw, Cin / groups, filters]`. Ji et al. 2013.
 */
export const conv3d = defineLayer({
  kind: 'conv3d',
  category: 'convolution',
  icon: 'box',
  text: {
    title: 'Conv3D',
    description: 'Slides learned filters over a volume or a film.',
    params: {
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Depth, height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves along each axis.' },
      padding: paddingText,
      dilations: { label: 'Dilation', help: 'How far apart the filter’s taps are along each axis.' },
      groups: { label: 'Groups', help: 'Channels are split into so many groups that do not see each other.' },
    },
    ports: { x: 'volume', y: 'volume' },
    aliases: ['convolution', 'video', 'film', 'voxel', 'tomography', 'dilated', 'grouped'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params, nodeId }) => inferConvolution(x, windowOf(params), nodeId),
  weights: ({ inputs: { x }, params }) => convolutionWeights(x, windowOf(params)),
  flops: ({ inputs: { x }, outputs: { y }, params }) => convolutionFlops(x, y, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv3d: x');
    const { strides, padding, dilations, groups } = params;
    const taps = required(kernel, 'conv3d: kernel');
    const y = ops.conv3d(x, taps, { strides, padding, dilations, groups });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => convolutionSummary(windowOf(params)),
  lesson: {
    summary:
      'A convolution whose filters also reach along a third axis: depth in a scan, time in a film, so that it sees movement. Work and weights grow with the cube of the kernel’s side; keep filters small.',
    formula: 'y[d, i, j, f] = b_f + Σ x[d + u, i + v, j + w, c] · k[u, v, w, c, f]',
    references: [
      {
        title: 'Ji et al. 2013: 3D convolutional neural networks for human action recognition',
        url: 'https://doi.org/10.1109/TPAMI.2012.59',
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
      name: 'same padding',
      inputs: { x: float32([1, 3, 4, 5, 2]) },
      params: { filters: 2, activation: 'tanh' },
      outputs: { y: [1, 3, 4, 5, 2] },
      parameterCount: 110,
    },
    {
      name: 'valid, strides, uneven kernel',
      inputs: { x: float32([2, 4, 5, 3, 1]) },
      params: { filters: 2, kernelSize: [2, 3, 1], strides: [1, 2, 2], padding: 'valid', bias: false },
      outputs: { y: [2, 3, 2, 2, 2] },
      parameterCount: 12,
    },
    {
      name: 'dilated, in groups',
      inputs: { x: float32([1, 5, 4, 5, 4]) },
      params: { filters: 2, kernelSize: [3, 2, 2], dilations: [2, 1, 2], groups: 2, padding: 'valid' },
      outputs: { y: [1, 1, 3, 3, 2] },
      parameterCount: 3 * 2 * 2 * 2 * 2 + 2,
    },
  ],
});
