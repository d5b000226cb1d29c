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
import { paddingSchema, sizePair } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: sizePair([4, 4], 255),
  strides: sizePair([2, 2], 255),
  padding: paddingSchema.default('same'),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({ ...params, size: params.kernelSize });

/**
 * The gradient of a convolution with respect to its input, as a layer: every input number lays down the
 * kernel times itself. `[B, H, W, Cin]` → `[B, H′, W′, filters]`, kernel `[kh, kw, filters, Cin]`.
 * Dumoulin and Visin 2016.
 */
export const convTranspose2d = defineLayer({
  kind: 'conv-transpose2d',
  category: 'convolution',
  icon: 'expand',
  text: {
    title: 'ConvTranspose2D',
    description: 'Makes an image larger with learned filters.',
    params: {
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'By how much the image grows.' },
      padding: transposedPaddingText,
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['deconvolution', 'transposed', 'upsample', 'decoder', 'generator', 'fractionally strided'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params }) => inferTransposed(x, windowOf(params)),
  weights: ({ inputs: { x }, params }) => transposedWeights(x, windowOf(params)),
  flops: ({ inputs: { x }, params }) => transposedFlops(x, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv-transpose2d: x');
    const { strides, padding } = params;
    const y = ops.convTranspose2d(x, required(kernel, 'conv-transpose2d: kernel'), { strides, padding });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => transposedSummary(windowOf(params)),
  lesson: {
    summary:
      'Runs a convolution backwards: every number of a small map lays down a whole patch, and overlapping patches add up. Choose a kernel that the stride divides, or some pixels get more patches than others and a chequerboard shows.',
    formula: 'y[i·s + u, j·s + v, f] += x[i, j, c] · k[u, v, f, c]',
    references: [
      references.convolutionArithmetic,
      {
        title: 'Odena, Dumoulin and Olah 2016: Deconvolution and checkerboard artifacts',
        url: 'https://distill.pub/2016/deconv-checkerboard/',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => torchTransposed(x, windowOf(params)),
    keras: ({ params }) => kerasTransposed(windowOf(params)),
  },
  examples: [
    {
      name: 'doubles the size',
      inputs: { x: float32([2, 3, 4, 3]) },
      params: { filters: 2, activation: 'relu' },
      outputs: { y: [2, 6, 8, 2] },
      parameterCount: 98,
    },
    {
      name: 'valid, uneven stride, no bias',
      inputs: { x: float32([1, 3, 2, 2]) },
      params: { filters: 3, kernelSize: [3, 3], strides: [2, 1], padding: 'valid', bias: false },
      outputs: { y: [1, 7, 4, 3] },
      parameterCount: 54,
    },
    {
      name: 'same, odd kernel',
      inputs: { x: float32([2, 3, 3, 2]) },
      params: { filters: 1, kernelSize: [3, 5] },
      outputs: { y: [2, 6, 6, 1] },
      parameterCount: 31,
    },
  ],
});
