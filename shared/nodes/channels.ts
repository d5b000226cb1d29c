import { formatShape, type TensorType } from '../types/portType.ts';
import { float32 } from '../types/shape.ts';
import type { InferResult, WeightSpec } from './defineNode.ts';

/** A layer that keeps the shape `[B, …, C]` and needs to know the number of channels. */
export function inferChannels(x: TensorType | undefined, leastRank = 2): InferResult {
  if (!x) return { outputs: {} };
  if (x.shape.length < leastRank || typeof x.shape.at(-1) !== 'number') {
    return {
      problem: {
        code: 'needs-channels',
        port: 'x',
        data: { expected: leastRank > 2 ? 'B×…×places×C' : 'B×…×C', received: formatShape(x.shape) },
      },
    };
  }
  return { outputs: { y: float32(x.shape) } };
}

/** A learned scale, from 1, and offset, from 0, for each channel. */
export function scaleAndOffset(
  x: TensorType | undefined,
  has: { readonly scale: boolean; readonly offset: boolean },
): Readonly<Record<string, WeightSpec>> {
  const channels = x?.shape.at(-1);
  if (typeof channels !== 'number') return {};
  const shape = [channels];
  return {
    ...(has.scale && { scale: { shape, init: { kind: 'ones' }, trainable: true } }),
    ...(has.offset && { offset: { shape, init: { kind: 'zeros' }, trainable: true } }),
  };
}

/** Text of the small number under a root. */
export const epsilonText = { label: 'Epsilon', help: 'Added to the variance, against division by zero.' };
