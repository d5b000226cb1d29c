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
import { paddingSchema, placesAndChannels, samePadding, sizePair } from '../window.ts';

/** `same` gives stride × size, `valid` (size − 1)·stride + kernel. */
const outputSize = (size: number, kernel: number, stride: number, padding: 'same' | 'valid'): number =>
  padding === 'same' ? size * stride : (size - 1) * stride + kernel;

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
      padding: {
        label: 'Padding',
        help: 'Same gives the size times the stride; valid keeps what hangs over.',
        options: { same: 'Same', valid: 'Valid' },
      },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['deconvolution', 'transposed', 'upsample', 'decoder', 'generator', 'fractionally strided'],
  },
  params: z.object({
    filters: z.int().min(1).max(65_536).default(32),
    kernelSize: sizePair([4, 4], 255),
    strides: sizePair([2, 2], 255),
    padding: paddingSchema.default('same'),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
    initializer: kernelInitializerSchema.default('glorot-uniform'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const form = placesAndChannels(x, 2);
    if ('problem' in form) return form;
    const places = form.places.map((size, axis) =>
      outputSize(size, params.kernelSize[axis] ?? 1, params.strides[axis] ?? 1, params.padding),
    );
    const shape = [x.shape[0] ?? 'B', ...places, params.filters];
    return { outputs: { y: { ...float32(shape), ...activationMeaning(params.activation) } } };
  },
  weights({ inputs: { x }, params }) {
    const channels = x?.shape[3];
    if (typeof channels !== 'number') return {};
    const [height, width] = params.kernelSize;
    const fans = { fanIn: height * width * channels, fanOut: height * width * params.filters };
    return {
      kernel: {
        shape: [height, width, params.filters, channels],
        init: kernelInitializer(params.initializer, fans),
        trainable: true,
      },
      ...(params.bias && {
        bias: { shape: [params.filters], init: { kind: 'zeros' as const }, trainable: true },
      }),
    };
  },
  flops({ inputs: { x }, params }) {
    const numbers = x?.shape.slice(1).reduce<number>((product, dim) => product * Number(dim), 1) ?? 0;
    return 2 * numbers * params.kernelSize[0] * params.kernelSize[1] * params.filters;
  },
  forward({ ctx: { ops }, inputs, weights: { kernel, bias }, params }) {
    const x = required(inputs.x, 'conv-transpose2d: x');
    const { strides, padding } = params;
    const y = ops.convTranspose2d(x, required(kernel, 'conv-transpose2d: kernel'), { strides, padding });
    return { y: activate(ops, params.activation, bias ? ops.add(y, bias) : y) };
  },
  summary: ({ filters, kernelSize, strides, padding, activation }) => [
    `${filters} filters · ${kernelSize.join('×')} · ${padding}`,
    `stride ${strides.join('×')} · ${activation}`,
  ],
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
    pytorch({ inputs: { x }, params }) {
      const places = x?.shape.slice(1, 3).map(Number) ?? [];
      // PyTorch cuts the same number from both sides: cut here, unevenly where it must be.
      const cuts = places.map((size, axis) => {
        const kernel = params.kernelSize[axis] ?? 1;
        const stride = params.strides[axis] ?? 1;
        const whole = (size - 1) * stride + kernel;
        const wanted = outputSize(size, kernel, stride, params.padding);
        const [before] = params.padding === 'valid' ? [0] : samePadding(wanted, kernel, stride);
        return [before, Math.max(0, wanted - (whole - before)), wanted] as const;
      });
      const fill = cuts.toReversed().flatMap(([, after]) => [0, after]);
      const ranges = cuts.map(([before, , wanted]) => `${before}:${before + wanted}`).join(', ');
      const call = channelsFirst((input) => `F.pad({self}(${input}), ${python(fill)})[:, :, ${ranges}]`);
      return {
        module: `nn.ConvTranspose2d(${x?.shape[3]}, ${params.filters}, ${python(params.kernelSize)}, stride=${python(params.strides)}, bias=${python(params.bias)})`,
        call: torchActivation(params.activation, call),
        weights: {
          kernel: { name: 'weight', value: '{w}.permute(3, 2, 0, 1)' },
          ...(params.bias && { bias: { name: 'bias' } }),
        },
      };
    },
    keras: ({ params }) => ({
      module: `keras.layers.Conv2DTranspose(${params.filters}, ${python(params.kernelSize)}, strides=${python(params.strides)}, padding="${params.padding}", use_bias=${python(params.bias)})`,
      call: kerasActivation(params.activation, '{self}({x})'),
      weights: { kernel: { name: 'kernel' }, ...(params.bias && { bias: { name: 'bias' } }) },
    }),
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
