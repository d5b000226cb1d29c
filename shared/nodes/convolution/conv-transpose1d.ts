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
import { paddingSchema } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(65_536).default(32),
  kernelSize: z.int().min(1).max(4096).default(4),
  strides: z.int().min(1).max(4096).default(2),
  padding: paddingSchema.default('same'),
  activation: activationSchema.default('linear'),
  bias: z.boolean().default(true),
  initializer: kernelInitializerSchema.default('glorot-uniform'),
});
const windowOf = (params: z.infer<typeof schema>) => ({
  ...params,
  size: [params.kernelSize],
  strides: [params.strides],
});

/** A convolution along time run backwards: `[B, T, Cin]` → `[B, T′, filters]`, kernel `[k, filters, Cin]`. */
export const convTranspose1d = defineLayer({
  kind: 'conv-transpose1d',
  category: 'convolution',
  icon: 'unfold-horizontal',
  text: {
    title: 'ConvTranspose1D',
    description: 'Makes a series longer with learned filters.',
    params: {
      ...convolutionTexts,
      kernelSize: { label: 'Kernel', help: 'Steps of a filter.' },
      strides: { label: 'Stride', help: 'By how much the series grows.' },
      padding: transposedPaddingText,
    },
    ports: { x: 'series', y: 'series' },
    aliases: ['deconvolution', 'transposed', 'upsample', 'decoder', 'audio'],
  },
  params: schema,
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params }) => inferTransposed(x, windowOf(params)),
  weights: ({ inputs: { x }, params }) => transposedWeights(x, windowOf(params)),
  flops: ({ inputs: { x }, params }) => transposedFlops(x, windowOf(params)),
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv-transpose1d: x');
    const taps = required(kernel, 'conv-transpose1d: kernel');
    const [batch = 1, steps = 1, channels = 1] = x.shape;
    const image = ops.convTranspose2d(
      ops.reshape(x, [batch, 1, steps, channels]),
      ops.reshape(taps, [1, ...taps.shape]),
      { strides: [1, params.strides], padding: params.padding },
    );
    const y = ops.reshape(image, [batch, image.shape[2] ?? 1, params.filters]);
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: (params) => transposedSummary(windowOf(params)),
  lesson: {
    summary:
      'Turns a short series of many features into a longer one: each step lays down a piece of signal, and pieces that overlap add up. Decoders of audio are built from it.',
    formula: 'y[t·s + u, f] += x[t, c] · k[u, f, c]',
    references: [references.convolutionArithmetic],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => torchTransposed(x, windowOf(params)),
    keras: ({ params }) => kerasTransposed(windowOf(params)),
  },
  examples: [
    {
      name: 'doubles the length',
      inputs: { x: float32([2, 5, 3]) },
      params: { filters: 2, activation: 'tanh' },
      outputs: { y: [2, 10, 2] },
      parameterCount: 26,
    },
    {
      name: 'valid, no bias',
      inputs: { x: float32([1, 3, 2]) },
      params: { filters: 3, kernelSize: 5, strides: 3, padding: 'valid', bias: false },
      outputs: { y: [1, 11, 3] },
      parameterCount: 30,
    },
  ],
});
