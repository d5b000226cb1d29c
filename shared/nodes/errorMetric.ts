import { z } from 'zod';
import { float32, int32 } from '../types/shape.ts';
import { defineMetric, type MetricNode, type NodeLesson } from './defineNode.ts';
import {
  checkWeights,
  kerasMetric,
  kerasTarget,
  targetLike,
  torchTarget,
  torchWeights,
  WEIGHTS_TEXT,
  weightsPort,
} from './lossParts.ts';
import { checkSame, weightsLike } from './metricParts.ts';
import { floatPort, numberPort } from './ports.ts';
import { required } from './required.ts';

/** Weighted sums over all numbers: of distances, their squares, the targets, their squares, and the weights. */
export interface ErrorSums {
  readonly absolute: number;
  readonly squared: number;
  readonly target: number;
  readonly targetSquared: number;
  readonly count: number;
  readonly samples: number;
}

/** What tells one figure of distance from another. */
export interface ErrorMetricKind {
  readonly kind: string;
  readonly metricKey: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly lesson: NodeLesson;
  readonly better: 'higher' | 'lower';
  /** Whether it is as large as the distances are, in the target's units. */
  readonly inUnits?: boolean;
  figure(sums: ErrorSums): number;
  /** The same in PyTorch, of prediction `p`, target `t` and weights `w` of one shape. */
  readonly torchFigure: string;
  /** Keras' metric, where it has one with the same numbers. */
  readonly kerasName?: string;
}

/** A figure of the distance between a prediction and a target of its shape. */
export function defineErrorMetric({
  kind,
  metricKey,
  icon,
  title,
  description,
  aliases,
  lesson,
  better,
  inUnits = false,
  figure,
  torchFigure,
  kerasName,
}: ErrorMetricKind): MetricNode {
  return defineMetric({
    kind,
    category: 'metric',
    icon,
    text: {
      title,
      description,
      params: {},
      ports: { prediction: 'prediction', target: 'target', weights: WEIGHTS_TEXT },
      aliases,
    },
    params: z.object({}),
    ports: { inputs: [floatPort('prediction'), numberPort('target'), weightsPort], outputs: [] },
    metricKey,
    format: 'number',
    better,
    ...(inUnits && { inUnitsOf: 'target' }),
    infer({ inputs: { prediction, target, weights } }) {
      if (!prediction || !target) return { outputs: {} };
      const problem = checkSame(prediction, target) ?? checkWeights(weights, prediction.shape);
      return problem ? { problem } : { outputs: {} };
    },
    accumulate({ ctx: { ops }, inputs }) {
      const prediction = required(inputs.prediction, `${kind}: prediction`);
      const target = targetLike(ops, prediction, required(inputs.target, `${kind}: target`));
      const weights = weightsLike(ops, inputs.weights, prediction.shape);
      const difference = ops.sub(prediction, target);
      const sum = (value: typeof target) => ops.sum(ops.mul(value, weights));
      return {
        absolute: sum(ops.abs(difference)),
        squared: sum(ops.square(difference)),
        target: sum(target),
        targetSquared: sum(ops.square(target)),
        count: ops.sum(weights),
        samples: ops.scalar(prediction.shape[0] ?? 1),
      };
    },
    finish: ({ absolute = 0, squared = 0, target = 0, targetSquared = 0, count = 0, samples = 0 }) =>
      count === 0 ? 0 : figure({ absolute, squared, target, targetSquared, count, samples }),
    summary: () => ['over all numbers'],
    lesson,
    sources: {
      pytorch: ({ inputs: { prediction, weights } }) => ({
        call: `(lambda p, t, w: ${torchFigure})({prediction}, ${torchTarget()}, ${torchWeights('{prediction}', prediction?.shape.length ?? 1, weights)})`,
      }),
      keras: ({ inputs: { prediction, weights } }) =>
        kerasName === undefined || !prediction || weights
          ? undefined
          : kerasMetric(`${kerasName}()`, {
              truth: kerasTarget(),
              prediction: '{prediction}',
              rank: prediction.shape.length,
              weights,
            }),
    },
    examples: [
      {
        name: 'features',
        inputs: { prediction: float32([5, 3]), target: float32([5, 3]) },
        params: {},
        outputs: {},
        parameterCount: 0,
      },
      {
        name: 'one whole number a sample',
        inputs: { prediction: float32([6, 1]), target: int32([6]) },
        ranges: { target: [0, 5] },
        params: {},
        outputs: {},
      },
      {
        name: 'images with weights',
        inputs: { prediction: float32([3, 2, 2, 1]), target: float32([3, 2, 2, 1]), weights: float32([3]) },
        ranges: { weights: [0, 1] },
        params: {},
        outputs: {},
      },
    ],
  });
}
