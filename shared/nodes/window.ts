import { z } from 'zod';
import { type Dim, formatShape, type TensorType } from '../types/portType.ts';
import { windowPositions } from '../types/shape.ts';
import type { NodeProblem } from './defineNode.ts';

/** Height and width, e.g. of a kernel or of a stride. */
export function sizePair(fallback: readonly [number, number], max: number) {
  const size = z.int().min(1).max(max);
  return z.tuple([size, size]).default([...fallback]);
}

/** Depth, height and width. */
export function sizeTriple(fallback: readonly [number, number, number], max: number) {
  const size = z.int().min(1).max(max);
  return z.tuple([size, size, size]).default([...fallback]);
}

export const paddingSchema = z.enum(['same', 'valid']);

/** Texts of the padding choices, shared by every layer that slides a window. */
export const paddingOptions = { same: 'Same', valid: 'Valid' } as const;

/** Text of the padding parameter. */
export const paddingText = {
  label: 'Padding',
  help: 'Same keeps the size (at stride 1); valid uses whole windows only.',
  options: paddingOptions,
};

export interface WindowParams {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilations?: readonly number[];
  readonly padding: 'same' | 'valid';
}

/** What a window of `size` taps covers when it is dilated. */
export const windowExtent = (size: number, dilation = 1): number => (size - 1) * dilation + 1;

/** What an input for a window of so many axes is called, and the Problem's code where it is none. */
const forms: Readonly<Record<number, { code: string; expected: string }>> = {
  1: { code: 'needs-series-input', expected: 'B×T×C' },
  2: { code: 'needs-image-input', expected: 'B×H×W×C' },
  3: { code: 'needs-volume-input', expected: 'B×D×H×W×C' },
};

/** The sizes of `[B, …, C]` between batch and channels, or the Problem that it is no such tensor. */
export function placesAndChannels(
  x: TensorType,
  axes: number,
  port = 'x',
): { places: readonly number[]; channels: number } | { problem: NodeProblem } {
  const known = x.shape.slice(1).every((dim): dim is number => typeof dim === 'number');
  if (x.shape.length === axes + 2 && known) {
    return { places: x.shape.slice(1, -1).map(Number), channels: Number(x.shape.at(-1)) };
  }
  const form = forms[axes];
  if (!form) throw new Error(`no windows of ${axes} axes`);
  return {
    problem: { code: form.code, port, data: { expected: form.expected, received: formatShape(x.shape) } },
  };
}

/** The same of a series, an image or a volume, whichever it is. */
export function placesOfAny(
  x: TensorType,
): { places: readonly number[]; channels: number } | { problem: NodeProblem } {
  const axes = x.shape.length - 2;
  const found = forms[axes] && placesAndChannels(x, axes);
  if (found && 'places' in found) return found;
  const data = { expected: 'B×…×C', received: formatShape(x.shape) };
  return { problem: { code: 'needs-places-input', port: 'x', data } };
}

/** The places after a window has slid over `[B, …, C]`, or why it cannot. */
export function slideWindow(
  x: TensorType,
  params: WindowParams,
): { places: readonly number[]; channels: number } | { problem: NodeProblem } {
  const form = placesAndChannels(x, params.size.length);
  if ('problem' in form) return form;
  const windows = params.size.map((size, axis) => windowExtent(size, params.dilations?.[axis]));
  const places = form.places.map((size, axis) =>
    windowPositions(size, windows[axis] ?? 1, params.strides[axis] ?? 1, params.padding),
  );
  if (places.every((count) => count >= 1)) return { places, channels: form.channels };
  const expected: Dim[] = form.places.map((size, axis) => {
    const window = windows[axis] ?? 1;
    return size < window ? `≥${window}` : size;
  });
  return {
    problem: {
      code: 'window-too-large',
      port: 'x',
      data: {
        window: windows.join('×'),
        expected: formatShape(['B', ...expected, form.channels]),
        received: formatShape(x.shape),
      },
    },
  };
}

/** Zeros before and after an axis that make `same` of a window: TensorFlow's rule, the odd one after. */
export function samePadding(size: number, window: number, stride: number): readonly [number, number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** The padding of every axis before a window slides over it. */
export function paddingOf(x: TensorType, params: WindowParams): readonly (readonly [number, number])[] {
  return params.size.map((size, axis) =>
    params.padding === 'valid'
      ? [0, 0]
      : samePadding(
          Number(x.shape[axis + 1]),
          windowExtent(size, params.dilations?.[axis]),
          params.strides[axis] ?? 1,
        ),
  );
}

/** Padding in the order of PyTorch's `F.pad`, of a tensor with its channels first. */
export const torchPadding = (paddings: readonly (readonly [number, number])[]): readonly number[] =>
  paddings.toReversed().flat();
