import type { Tensor } from '@tensorflow/tfjs-core';
import { formatShape, type Shape, type TensorType } from '../types/portType.ts';
import { float32, sameShape } from '../types/shape.ts';
import type { InferResult, NodeProblem, NodeSource } from './defineNode.ts';
import type { Ops } from './ops.ts';
import { floatPort } from './ports.ts';

/** What a loss gives, also where something is wrong, so that what follows can be checked. */
export const lossOutput = { loss: { type: 'loss' as const } };

/** How much each sample, or each place of it, counts; a mask of ones and zeros leaves padding out. */
export const weightsPort = floatPort('weights', { optional: true });
export const WEIGHTS_TEXT = 'weights or mask';

/** Weights must have the first axes of what they weigh. */
export function checkWeights(weights: TensorType | undefined, losses: Shape): NodeProblem | undefined {
  if (!weights) return undefined;
  const fits =
    weights.shape.length > 0 &&
    weights.shape.length <= losses.length &&
    sameShape(weights.shape, losses.slice(0, weights.shape.length));
  if (fits) return undefined;
  return {
    code: 'weights-do-not-fit',
    port: 'weights',
    data: { expected: formatShape(losses), received: formatShape(weights.shape) },
  };
}

/**
 * Mean of the losses of any shape: Σ w·l / Σ w, where weights `[B, …]` stand for all that follows
 * their axes. Zero where all weights are.
 */
export function weightedMean(ops: Ops, losses: Tensor, weights: Tensor | undefined): Tensor {
  if (!weights) return ops.mean(losses);
  const factors = ops.reshape(weights, [
    ...weights.shape,
    ...new Array<number>(losses.shape.length - weights.shape.length).fill(1),
  ]);
  const repeats = losses.size / weights.size;
  const total = ops.maximum(ops.mul(ops.sum(weights), ops.scalar(repeats)), ops.scalar(1e-12));
  return ops.div(ops.sum(ops.mul(losses, factors)), total);
}

/** The same in PyTorch: `losses` is an expression of rank `rank`. */
export function torchMean(losses: string, rank: number, weights: TensorType | undefined): string {
  if (!weights) return `${losses}.mean()`;
  const ones = ', 1'.repeat(rank - weights.shape.length);
  return `(lambda l, w: (l * w).sum() / (w.sum() * (l.numel() / w.numel())))(${losses}, {weights}.reshape(*{weights}.shape${ones}))`;
}

/** A metric of Keras, called with what is true, what was said and, where they fit it, weights. */
export function kerasMetric(
  metric: string,
  given: { truth: string; prediction: string; rank: number; weights: TensorType | undefined },
): NodeSource | undefined {
  const { truth, prediction, rank, weights } = given;
  // Keras stretches weights of samples over nothing.
  if (weights && weights.shape.length !== rank) return undefined;
  return {
    module: `keras.metrics.${metric}`,
    call: `{self}(${truth}, ${prediction}${weights ? ', sample_weight={weights}' : ''})`,
  };
}

/** Weights in PyTorch, stretched over an expression of rank `rank`; ones where there are none. */
export function torchWeights(values: string, rank: number, weights: TensorType | undefined): string {
  if (!weights) return `torch.ones_like(${values}, dtype=torch.float)`;
  const ones = ', 1'.repeat(rank - weights.shape.length);
  return `{weights}.reshape(*{weights}.shape${ones}).expand_as(${values})`;
}

export function kerasMean(losses: string, rank: number, weights: TensorType | undefined): string {
  if (!weights) return `ops.mean(${losses})`;
  const ones = ' 1,'.repeat(rank - weights.shape.length);
  return `(lambda l, w: ops.sum(l * w) / ops.sum(ops.ones_like(l) * w))(${losses}, ops.reshape({weights}, (*{weights}.shape,${ones})))`;
}

/**
 * Checks that a target is like the prediction: of one shape, or without the prediction's last axis
 * of size 1.
 */
export function inferAlike(
  prediction: TensorType | undefined,
  target: TensorType | undefined,
  weights: TensorType | undefined,
): InferResult {
  if (!prediction || !target) return { outputs: {} };
  const problem = checkAlike(prediction, target) ?? checkWeights(weights, prediction.shape);
  return problem ? { problem, outputs: lossOutput } : { outputs: lossOutput };
}

function checkAlike(prediction: TensorType, target: TensorType): NodeProblem | undefined {
  if (sameShape(prediction.shape, target.shape) || isColumn(prediction.shape, target.shape)) return undefined;
  const width = target.shape.at(-1);
  return {
    code: 'shapes-differ',
    port: 'prediction',
    data: { expected: formatShape(target.shape), received: formatShape(prediction.shape) },
    ...(target.shape.length === 2 &&
      prediction.shape.length === 2 &&
      typeof width === 'number' && {
        fix: { kind: 'set-param', nodeId: '', param: 'units', value: width },
      }),
  };
}

/** `[B, 1]` beside `[B]`: one output unit for one number a sample. */
export const isColumn = (prediction: Shape, target: Shape): boolean =>
  prediction.at(-1) === 1 && sameShape(prediction.slice(0, -1), target);

/** The target as real numbers in the prediction's shape. */
export function targetLike(ops: Ops, prediction: Tensor, target: Tensor): Tensor {
  const real = ops.cast(target, 'float32');
  return prediction.shape.length === target.shape.length ? real : ops.reshape(real, prediction.shape);
}

/** The target in PyTorch and Keras, in the prediction's shape and as real numbers. */
export const torchTarget = (name = 'target'): string => `{${name}}.reshape({prediction}.shape).float()`;
export const kerasTarget = (name = 'target'): string =>
  `ops.cast(ops.reshape({${name}}, ops.shape({prediction})), "float32")`;

/** Examples that every loss of two alike tensors is tried with. */
export const alikeExamples = [
  {
    name: 'features',
    inputs: { prediction: float32([4, 3]), target: float32([4, 3]) },
    params: {},
    outputs: { loss: [] },
    parameterCount: 0,
  },
  {
    name: 'images',
    inputs: { prediction: float32([2, 3, 3, 1]), target: float32([2, 3, 3, 1]) },
    params: {},
    outputs: { loss: [] },
  },
  {
    name: 'one number a sample, with weights',
    inputs: { prediction: float32([5, 1]), target: float32([5]), weights: float32([5]) },
    ranges: { weights: [0, 1] },
    params: {},
    outputs: { loss: [] },
  },
  {
    name: 'a sequence with a mask',
    inputs: { prediction: float32([2, 4, 3]), target: float32([2, 4, 3]), weights: float32([2, 4]) },
    ranges: { weights: [0, 1] },
    params: {},
    outputs: { loss: [] },
  },
] as const;
