import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationSchema } from '../activations.ts';
import { convolutionTexts } from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import { kernelInitializerSchema } from '../initializers.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import {
  inferTransposed,
  kerasTransposed,
  torchTransposed,
  transposedFlops,
  transposedPaddingText,
  transposedSummary,
  transposedWeights,
} from '../transposedConvolution.ts';
import { paddingSchema, sizeTriple } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: sizeTriple([4, 4, 4], 255),
  strides: sizeTriple([2, 2, 2], 255),
  padding: paddingSchema.default('same'),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * The gradient of a convolution with respect to its input, as a layer: every input number lays down the
 * kernel times itself. `[B, D, H, W, Cin]` → `[B, D′, H′, W′, filters]`, kernel `[kd, kh, kw, filters, Cin]`.
 * Dumoulin and Visin 2016.
 */
export const convTranspose3d = defineLayer({
  kind: 'conv-transpose3d',
  category: 'convolution',
  icon: 'package-open',
  text: {
    title: 'ConvTranspose3D',
    description: 'Makes a volume or a film larger with learned filters.',
    params: {
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Depth, height and width of a filter.' },
      strides: { label: 'Stride', help: 'By how much each axis grows.' },
      padding: transposedPaddingText,
    },
    ports: { x: 'volume', y: 'volume' },
    aliases: ['deconvolution', 'transposed', 'upsample', 'decoder', 'voxel', 'video', 'v-net'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params }) => inferTransposed(x, windowOf(params)),
  weights: ({ inputs: { x }, params }) => transposedWeights(x, windowOf(params)),
  flops: ({ inputs: { x }, params }) => transposedFlops(x, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv-transpose3d: x');
    const { strides, padding } = params;
    const y = ops.convTranspose3d(x, required(kernel, 'conv-transpose3d: kernel'), { strides, padding });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => transposedSummary(windowOf(params)),
  lesson: {
    summary:
      'The way up of networks that read volumes: segmentation of scans and generators of voxels or films. Every number lays down a small block, and overlapping blocks add up. A kernel that the stride divides keeps chequerboards away, along the third axis too.',
    formula: 'y[d·s + u, i·s + v, j·s + w, f] += x[d, i, j, c] · k[u, v, w, f, c]',
    references: [
      {
        title: 'Milletari, Navab and Ahmadi 2016: V-Net',
        url: 'https://arxiv.org/abs/1606.04797',
      },
      references.convolutionArithmetic,
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => torchTransposed(x, windowOf(params)),
    keras: ({ params }) => kerasTransposed(windowOf(params)),
  },
  examples: [
    {
      name: 'doubles the size',
      inputs: { x: float32([1, 2, 3, 2, 3]) },
      params: { filters: 2, activation: 'tanh' },
      outputs: { y: [1, 4, 6, 4, 2] },
      parameterCount: 4 * 4 * 4 * 2 * 3 + 2,
    },
    {
      name: 'valid, uneven stride, no bias',
      inputs: { x: float32([2, 2, 3, 2, 2]) },
      params: { filters: 3, kernelSize: [2, 3, 3], strides: [2, 2, 1], padding: 'valid', bias: false },
      outputs: { y: [2, 4, 7, 4, 3] },
      parameterCount: 2 * 3 * 3 * 3 * 2,
    },
    {
      name: 'same, odd kernel',
      inputs: { x: float32([1, 2, 2, 3, 2]) },
      params: { filters: 1, kernelSize: [1, 3, 5] },
      outputs: { y: [1, 4, 4, 6, 1] },
      parameterCount: 31,
    },
  ],
});
