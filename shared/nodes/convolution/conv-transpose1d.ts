import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationMeaning, activationSchema } from '../activations.ts';
import { convolutionTexts } from '../convolution.ts';
import { defineLayer } from '../defineNode.ts';
import { kernelInitializer, kernelInitializerSchema } from '../initializers.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { channelsFirst, kerasActivation, python, torchActivation } from '../sources.ts';
import { paddingSchema, placesAndChannels, samePadding } from '../window.ts';

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
      padding: {
        label: 'Padding',
        help: 'Same gives the length times the stride; valid keeps what hangs over.',
        options: { same: 'Same', valid: 'Valid' },
      },
    },
    ports: { x: 'series', y: 'series' },
    aliases: ['deconvolution', 'transposed', 'upsample', 'decoder', 'audio'],
  },
  params: z.object({
    filters: z.int().min(1).max(65_536).default(32),
    kernelSize: z.int().min(1).max(4096).default(4),
    strides: z.int().min(1).max(4096).default(2),
    padding: paddingSchema.default('same'),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
    initializer: kernelInitializerSchema.default('glorot-uniform'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params: { strides, kernelSize, padding, filters, activation } }) {
    if (!x) return { outputs: {} };
    const form = placesAndChannels(x, 1);
    if ('problem' in form) return form;
    const [steps = 1] = form.places;
    const length = padding === 'same' ? steps * strides : (steps - 1) * strides + kernelSize;
    const shape = [x.shape[0] ?? 'B', length, filters];
    return { outputs: { y: { ...float32(shape), ...activationMeaning(activation) } } };
  },
  weights({ inputs: { x }, params }) {
    const channels = x?.shape[2];
    if (typeof channels !== 'number') return {};
    const fans = { fanIn: params.kernelSize * channels, fanOut: params.kernelSize * params.filters };
    return {
      kernel: {
        shape: [params.kernelSize, params.filters, channels],
        init: kernelInitializer(params.initializer, fans),
        trainable: true,
      },
      ...(params.bias && {
        bias: { shape: [params.filters], init: { kind: 'zeros' as const }, trainable: true },
      }),
    };
  },
  flops: ({ inputs: { x }, params }) =>
    2 * Number(x?.shape[1] ?? 0) * Number(x?.shape[2] ?? 0) * params.kernelSize * params.filters,
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
  summary: ({ filters, kernelSize, strides, padding, activation }) => [
    `${filters} filters · ${kernelSize} steps · ${padding}`,
    `stride ${strides} · ${activation}`,
  ],
  lesson: {
    summary:
      'Turns a short series of many features into a longer one: each step lays down a piece of signal, and pieces that overlap add up. Decoders of audio are built from it.',
    formula: 'y[t·s + u, f] += x[t, c] · k[u, f, c]',
    references: [references.convolutionArithmetic],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      const steps = Number(x?.shape[1] ?? 1);
      const { kernelSize, strides, padding, filters, bias } = params;
      const whole = (steps - 1) * strides + kernelSize;
      const wanted = padding === 'same' ? steps * strides : whole;
      const [before] = padding === 'same' ? samePadding(wanted, kernelSize, strides) : [0];
      const missing = Math.max(0, wanted - (whole - before));
      const call = channelsFirst(
        (input) => `F.pad({self}(${input}), (0, ${missing}))[:, :, ${before}:${before + wanted}]`,
      );
      return {
        module: `nn.ConvTranspose1d(${x?.shape[2]}, ${filters}, ${kernelSize}, stride=${strides}, bias=${python(bias)})`,
        call: torchActivation(params.activation, call),
        weights: {
          kernel: { name: 'weight', value: '{w}.permute(2, 1, 0)' },
          ...(bias && { bias: { name: 'bias' } }),
        },
      };
    },
    keras: ({ params }) => ({
      module: `keras.layers.Conv1DTranspose(${params.filters}, ${params.kernelSize}, strides=${params.strides}, padding="${params.padding}", use_bias=${python(params.bias)})`,
      call: kerasActivation(params.activation, '{self}({x})'),
      weights: { kernel: { name: 'kernel' }, ...(params.bias && { bias: { name: 'bias' } }) },
    }),
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
