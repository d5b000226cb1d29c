import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { NodeSource } from './defineNode.ts';
import type { Ops } from './ops.ts';
import { paddingSchema, paddingText } from './window.ts';

const steps = z.int().min(1).max(4096);

/** A window that slides along time. Causal: a step sees only itself and what came before (van den Oord et al. 2016). */
export const seriesWindowParams = {
  kernelSize: steps.default(3),
  strides: steps.default(1),
  padding: z.enum([...paddingSchema.options, 'causal']).default('same'),
  dilations: steps.default(1),
};
type SeriesWindow = z.infer<z.ZodObject<typeof seriesWindowParams>>;

export const seriesWindowTexts = {
  kernelSize: { label: 'Kernel', help: 'Steps that a filter sees.' },
  strides: { label: 'Stride', help: 'How far the filter moves.' },
  padding: { ...paddingText, options: { ...paddingText.options, causal: 'Causal' } },
  dilations: { label: 'Dilation', help: 'How far apart the filter’s taps are.' },
} as const;

/** The window with a number for its one axis. Causal padding gives as many steps as `same`. */
export const seriesWindow = <P extends SeriesWindow>(params: P) => ({
  ...params,
  size: [params.kernelSize],
  strides: [params.strides],
  dilations: [params.dilations],
  padding: params.padding === 'valid' ? ('valid' as const) : ('same' as const),
});

/** Causal padding puts all zeros before the first step. */
export const zerosBefore = (params: SeriesWindow): number => (params.kernelSize - 1) * params.dilations;

/** What a window slides over, and its padding there: causal padding is already in place. */
export function paddedSeries(
  ops: Ops,
  x: Tensor,
  params: SeriesWindow,
): { series: Tensor; padding: 'same' | 'valid' } {
  if (params.padding !== 'causal') return { series: x, padding: params.padding };
  const borders = [[0, 0] as const, [zerosBefore(params), 0] as const, [0, 0] as const];
  return { series: ops.pad(x, borders, 'constant'), padding: 'valid' };
}

/** A depthwise convolution along time, by a kernel `[k, C, multiplier]`: an image of one row. */
export function depthwiseSeries(ops: Ops, x: Tensor, kernel: Tensor, params: SeriesWindow): Tensor {
  const { series, padding } = paddedSeries(ops, x, params);
  const [batch = 1, length = 1, channels = 1] = series.shape;
  const image = ops.depthwiseConv2d(
    ops.reshape(series, [batch, 1, length, channels]),
    ops.reshape(kernel, [1, ...kernel.shape]),
    // One row stays one row at any stride, and kernels want the same along both axes.
    { strides: [params.strides, params.strides], padding, dilations: [1, params.dilations] },
  );
  return ops.reshape(image, [batch, image.shape[2] ?? 1, image.shape[3] ?? 1]);
}

/** A PyTorch source of `valid` padding, with causal padding before it. */
export const torchCausal = (source: NodeSource, params: SeriesWindow): NodeSource => ({
  ...source,
  call: source.call.replace('{x}.movedim(-1, 1)', `F.pad({x}.movedim(-1, 1), (${zerosBefore(params)}, 0))`),
});

/** The window of Keras' layers that know no causal padding, and what they are called with. */
export function kerasCausal<P extends SeriesWindow>(
  params: P,
): [window: ReturnType<typeof seriesWindow<P>>, x: string] {
  const window = seriesWindow(params);
  if (params.padding !== 'causal') return [window, '{x}'];
  const borders = `((0, 0), (${zerosBefore(params)}, 0), (0, 0))`;
  return [{ ...window, padding: 'valid' }, `ops.pad({x}, ${borders})`];
}

/** The card's first words: kernel and padding. */
export const seriesWindowSummary = ({ kernelSize, padding }: SeriesWindow): string =>
  `${kernelSize} steps · ${padding}`;
