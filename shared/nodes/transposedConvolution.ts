import type { TensorType } from '../types/portType.ts';
import { float32 } from '../types/shape.ts';
import { type ActivationName, activationMeaning } from './activations.ts';
import type { InferResult, NodeSource, WeightSpec } from './defineNode.ts';
import { type KernelInitializer, kernelInitializer } from './initializers.ts';
import { channelsFirst, kerasActivation, python, torchActivation } from './sources.ts';
import { placesAndChannels, samePadding } from './window.ts';

/** What every transposed convolution has, with a number for each axis. */
export interface TransposedConvolution {
  readonly filters: number;
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  readonly activation: ActivationName;
  readonly bias: boolean;
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/** `same` gives stride × size, `valid` (size − 1)·stride + kernel. */
const outputSizes = (
  places: readonly number[],
  { size, strides, padding }: TransposedConvolution,
): number[] =>
  places.map((place, axis) => {
    const stride = strides[axis] ?? 1;
    return padding === 'same' ? place * stride : (place - 1) * stride + (size[axis] ?? 1);
  });

export function inferTransposed(x: TensorType | undefined, params: TransposedConvolution): InferResult {
  if (!x) return { outputs: {} };
  const form = placesAndChannels(x, params.size.length);
  if ('problem' in form) return form;
  const shape = [x.shape[0] ?? 'B', ...outputSizes(form.places, params), params.filters];
  return { outputs: { y: { ...float32(shape), ...activationMeaning(params.activation) } } };
}

/** Kernel `[…size, filters, Cin]` and bias. */
export function transposedWeights(
  x: TensorType | undefined,
  params: TransposedConvolution & { readonly initializer: KernelInitializer },
): Readonly<Record<string, WeightSpec>> {
  const channels = x?.shape.at(-1);
  if (typeof channels !== 'number') return {};
  const taps = product(params.size);
  return {
    kernel: {
      shape: [...params.size, params.filters, channels],
      init: kernelInitializer(params.initializer, { fanIn: taps * channels, fanOut: taps * params.filters }),
      trainable: true,
    },
    ...(params.bias && {
      bias: { shape: [params.filters], init: { kind: 'zeros' as const }, trainable: true },
    }),
  };
}

/** A multiply-add for every tap of every input number. */
export const transposedFlops = (x: TensorType | undefined, params: TransposedConvolution): number =>
  2 * product(x?.shape.slice(1).map(Number) ?? [0]) * product(params.size) * params.filters;

/** `nn.ConvTranspose1d`, `2d` or `3d`. PyTorch cuts the same number from both sides: here it is cut as TensorFlow does. */
export function torchTransposed(x: TensorType | undefined, params: TransposedConvolution): NodeSource {
  const places = x?.shape.slice(1, -1).map(Number) ?? [];
  const wanted = outputSizes(places, params);
  const cuts = places.map((place, axis) => {
    const kernel = params.size[axis] ?? 1;
    const stride = params.strides[axis] ?? 1;
    const whole = (place - 1) * stride + kernel;
    const kept = wanted[axis] ?? whole;
    const [before] = params.padding === 'valid' ? [0] : samePadding(kept, kernel, stride);
    return { before, missing: Math.max(0, kept - (whole - before)), kept };
  });
  const missing = cuts.map((cut) => cut.missing);
  const ranges = cuts.map(({ before, kept }) => `${before}:${before + kept}`).join(', ');
  const call = channelsFirst((input) => `{self}(${input})[:, :, ${ranges}]`);
  const options = [
    String(x?.shape.at(-1)),
    String(params.filters),
    python(params.size),
    `stride=${python(params.strides)}`,
    ...(missing.some((count) => count > 0) ? [`output_padding=${python(missing)}`] : []),
    `bias=${python(params.bias)}`,
  ];
  return {
    module: `nn.ConvTranspose${params.size.length}d(${options.join(', ')})`,
    call: torchActivation(params.activation, call),
    weights: {
      kernel: { name: 'weight', value: '{w}.movedim(-1, 0).movedim(-1, 1)' },
      ...(params.bias && { bias: { name: 'bias' } }),
    },
  };
}

export function kerasTransposed(params: TransposedConvolution): NodeSource {
  const options = [
    String(params.filters),
    python(params.size),
    `strides=${python(params.strides)}`,
    `padding="${params.padding}"`,
    `use_bias=${python(params.bias)}`,
  ];
  return {
    module: `keras.layers.Conv${params.size.length}DTranspose(${options.join(', ')})`,
    call: kerasActivation(params.activation, '{self}({x})'),
    weights: { kernel: { name: 'kernel' }, ...(params.bias && { bias: { name: 'bias' } }) },
  };
}

/** The card's lines. */
export const transposedSummary = (params: TransposedConvolution): readonly string[] => [
  `${params.filters} filters · ${params.size.length === 1 ? `${params.size[0]} steps` : params.size.join('×')} · ${params.padding}`,
  `stride ${params.strides.join('×')} · ${params.activation}`,
];

/** What padding means where things grow. */
export const transposedPaddingText = {
  label: 'Padding',
  help: 'Same gives the size times the stride; valid keeps what hangs over.',
  options: { same: 'Same', valid: 'Valid' },
} as const;
