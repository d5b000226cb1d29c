import { z } from 'zod';
import { formatShape, type TensorType } from '../types/portType.ts';
import { windowPositions } from '../types/shape.ts';
import type { NodeProblem } from './defineNode.ts';

/** Height and width, e.g. of a kernel or of a stride. */
export function sizePair(fallback: readonly [number, number], max: number) {
  const size = z.int().min(1).max(max);
  return z.tuple([size, size]).default([...fallback]);
}

export const paddingSchema = z.enum(['same', 'valid']);

/** Texts of the padding choices, shared by every layer that slides a window. */
export const paddingOptions = { same: 'Same', valid: 'Valid' } as const;

export interface WindowParams {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

/** Height and width after a window has slid over an image `[B, H, W, C]`, or why it cannot. */
export function slideWindow(
  x: TensorType,
  params: WindowParams,
): { height: number; width: number; channels: number } | { problem: NodeProblem } {
  const [, height, width, channels] = x.shape;
  if (
    x.shape.length !== 4 ||
    typeof height !== 'number' ||
    typeof width !== 'number' ||
    typeof channels !== 'number'
  ) {
    return {
      problem: {
        code: 'needs-image-input',
        port: 'x',
        data: { expected: 'B×H×W×C', received: formatShape(x.shape) },
      },
    };
  }
  const [windowHeight, windowWidth] = params.size;
  const positions = {
    height: windowPositions(height, windowHeight, params.strides[0], params.padding),
    width: windowPositions(width, windowWidth, params.strides[1], params.padding),
  };
  if (positions.height < 1 || positions.width < 1) {
    return {
      problem: {
        code: 'window-too-large',
        port: 'x',
        data: {
          window: `${windowHeight}×${windowWidth}`,
          expected: `B×${height < windowHeight ? `≥${windowHeight}` : height}×${width < windowWidth ? `≥${windowWidth}` : width}×${channels}`,
          received: formatShape(x.shape),
        },
      },
    };
  }
  return { ...positions, channels };
}
