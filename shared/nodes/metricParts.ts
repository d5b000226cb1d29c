import type { Tensor } from '@tensorflow/tfjs-core';
import { formatShape, type Shape, type TensorType } from '../types/portType.ts';
import { sameShape } from '../types/shape.ts';
import type { NodeProblem } from './defineNode.ts';
import { isColumn } from './lossParts.ts';
import type { Ops } from './ops.ts';

/** Weights `[B, …]` stretched over `[B, …, …]` of the given shape; ones where there are none. */
export function weightsLike(ops: Ops, weights: Tensor | undefined, shape: readonly number[]): Tensor {
  const ones = ops.ones(shape);
  if (!weights) return ones;
  const rank = shape.length - weights.shape.length;
  return ops.mul(ones, ops.reshape(weights, [...weights.shape, ...new Array<number>(rank).fill(1)]));
}

/** Whether a target of scores `[…, K]` is class labels `[…]` and not yes and no. */
export const takesClasses = (prediction: Shape, labels: TensorType): boolean =>
  labels.dtype === 'int32' &&
  prediction.length === labels.shape.length + 1 &&
  !isColumn(prediction, labels.shape);

/** A target of one shape with the prediction, or without its last axis of size 1. */
export function checkSame(
  prediction: TensorType,
  target: TensorType,
  port = 'prediction',
): NodeProblem | undefined {
  if (sameShape(prediction.shape, target.shape) || isColumn(prediction.shape, target.shape)) return undefined;
  return {
    code: 'shapes-differ',
    port,
    data: { expected: formatShape(target.shape), received: formatShape(prediction.shape) },
  };
}
