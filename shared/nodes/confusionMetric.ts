import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32, int32 } from '../types/shape.ts';
import { checkClasses } from './classLosses.ts';
import { defineMetric, type MetricNode, type NodeLesson } from './defineNode.ts';
import {
  checkWeights,
  kerasMetric,
  targetLike,
  torchTarget,
  torchWeights,
  WEIGHTS_TEXT,
  weightsPort,
} from './lossParts.ts';
import { checkSame, takesClasses, weightsLike } from './metricParts.ts';
import { sumList } from './metricSums.ts';
import type { Ops } from './ops.ts';
import { floatPort, numberPort } from './ports.ts';
import { required } from './required.ts';

/** How often a class was said rightly, was said, and was there. */
export interface ClassCounts {
  readonly right: number;
  readonly said: number;
  readonly there: number;
}

/** What tells one figure of a confusion matrix from another. */
export interface ConfusionKind {
  readonly kind: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly lesson: NodeLesson;
  /** The figure of one class; undefined where the class does not occur and so has none. */
  figure(counts: ClassCounts): number | undefined;
  /** The same in PyTorch as a quotient; a class whose divisor is 0 has no figure. */
  readonly torchFigure: { readonly dividend: string; readonly divisor: string };
  /** Keras' metric of the same figure over so many classes, fed with classes; absent where it has none. */
  readonly kerasFigure?: (classes: number) => string;
}

/** Mean over the classes that have the figure. */
function meanOfClasses(counts: readonly ClassCounts[], figure: ConfusionKind['figure']): number {
  const figures = counts.map(figure).filter((value) => value !== undefined);
  return figures.length === 0 ? 0 : figures.reduce((sum, value) => sum + value, 0) / figures.length;
}

/**
 * A figure of the confusion matrix, averaged over classes: prediction `[B, …, K]` with labels `[B, …]`;
 * or of yes alone, with a target of the prediction's shape and a threshold.
 */
export function defineConfusionMetric({
  kind,
  icon,
  title,
  description,
  aliases,
  lesson,
  figure,
  torchFigure,
  kerasFigure,
}: ConfusionKind): MetricNode {
  return defineMetric({
    kind,
    category: 'metric',
    icon,
    text: {
      title,
      description,
      params: {
        threshold: {
          label: 'Threshold',
          help: 'Above it the answer is yes: 0 for logits, 0.5 for probabilities. Not used with classes.',
        },
        skipFirst: {
          label: 'Skip class 0',
          help: 'Leaves the first class, often the background, out of the mean.',
        },
      },
      ports: { prediction: 'prediction', labels: 'labels', weights: WEIGHTS_TEXT },
      aliases,
    },
    params: z.object({
      threshold: z.number().min(-1000).max(1000).default(0),
      skipFirst: z.boolean().default(false),
    }),
    ports: { inputs: [floatPort('prediction'), numberPort('labels'), weightsPort], outputs: [] },
    metricKey: kind,
    format: 'percent',
    better: 'higher',
    infer({ inputs: { prediction, labels, weights } }) {
      if (!prediction || !labels) return { outputs: {} };
      const classes = takesClasses(prediction.shape, labels);
      const problem =
        (classes
          ? checkClasses(prediction, labels, { scores: 'prediction', labels: 'labels' })
          : checkSame(prediction, labels)) ??
        checkWeights(weights, classes ? labels.shape : prediction.shape);
      return problem ? { problem } : { outputs: {} };
    },
    accumulate({ ctx: { ops }, inputs, params }) {
      const prediction = required(inputs.prediction, `${kind}: prediction`);
      const labels = required(inputs.labels, `${kind}: labels`);
      const classes =
        labels.shape.length === prediction.shape.length - 1 && (prediction.shape.at(-1) ?? 1) > 1;
      const counted = classes
        ? ofClasses(ops, prediction, labels, params.skipFirst)
        : ofYes(ops, prediction, labels, params.threshold);
      const weights = weightsLike(ops, inputs.weights, counted.said.shape);
      const axes = counted.said.shape.map((_, axis) => axis).slice(0, classes ? -1 : undefined);
      const sum = (value: Tensor) => ops.sum(ops.mul(value, weights), axes);
      return {
        right: sum(ops.mul(counted.said, counted.there)),
        said: sum(counted.said),
        there: sum(counted.there),
      };
    },
    finish(sums) {
      const right = sumList(sums, 'right');
      const said = sumList(sums, 'said');
      const there = sumList(sums, 'there');
      const counts = right.map((value, place) => ({
        right: value,
        said: said[place] ?? 0,
        there: there[place] ?? 0,
      }));
      return meanOfClasses(counts, figure);
    },
    summary: ({ threshold, skipFirst }) => [
      [
        skipFirst ? 'without class 0' : 'mean of classes',
        ...(threshold === 0 ? [] : [`threshold ${threshold}`]),
      ].join(' · '),
    ],
    lesson,
    sources: {
      pytorch: ({ inputs: { prediction, labels, weights }, params: { threshold, skipFirst } }) => {
        const classes = prediction !== undefined && labels && takesClasses(prediction.shape, labels);
        const count = prediction?.shape.at(-1);
        const hot = (numbers: string) =>
          `F.one_hot(${numbers}, ${count}).float().flatten(0, -2)${skipFirst ? '[:, 1:]' : ''}`;
        const said = classes
          ? hot('{prediction}.argmax(-1)')
          : `({prediction} > ${threshold}).float().reshape(-1, 1)`;
        const there = classes ? hot('{labels}') : `(${torchTarget('labels')} > 0.5).float().reshape(-1, 1)`;
        const weighed = classes
          ? torchWeights('{labels}', labels.shape.length, weights)
          : torchWeights('{prediction}', prediction?.shape.length ?? 1, weights);
        const mean = '(lambda n, d: (n / d.clamp(min=1e-30)).sum() / (d > 0).sum().clamp(min=1))';
        const counts = `(lambda right, said, there: ${mean}(${torchFigure.dividend}, ${torchFigure.divisor}))`;
        return {
          call: `(lambda s, t, w: ${counts}((w * s * t).sum(0), (w * s).sum(0), (w * t).sum(0)))(${said}, ${there}, ${weighed}.reshape(-1, 1))`,
        };
      },
      keras({ inputs: { prediction, labels, weights }, params }) {
        const classes = prediction && labels && takesClasses(prediction.shape, labels);
        if (!kerasFigure || !classes || params.skipFirst) return undefined;
        return kerasMetric(kerasFigure(Number(prediction.shape.at(-1))), {
          truth: '{labels}',
          prediction: 'ops.argmax({prediction}, -1)',
          rank: labels.shape.length,
          weights,
        });
      },
    },
    examples: [
      {
        name: 'three classes',
        inputs: { prediction: float32([6, 3]), labels: int32([6]) },
        ranges: { labels: [0, 3] },
        params: {},
        outputs: {},
        parameterCount: 0,
      },
      {
        name: 'yes and no',
        inputs: { prediction: float32([7, 1]), labels: int32([7]) },
        params: {},
        outputs: {},
      },
      {
        name: 'pixels without background, weighted',
        inputs: { prediction: float32([2, 3, 3, 4]), labels: int32([2, 3, 3]), weights: float32([2, 3, 3]) },
        ranges: { labels: [0, 4], weights: [0, 1] },
        params: { skipFirst: true },
        outputs: {},
      },
    ],
  });
}

/** Ones where a class is said and where it is there, `[B, …, K]`. */
function ofClasses(ops: Ops, prediction: Tensor, labels: Tensor, skipFirst: boolean) {
  const classes = prediction.shape.at(-1) ?? 1;
  const said = ops.oneHot(ops.argMax(prediction, prediction.shape.length - 1), classes);
  const there = ops.oneHot(labels, classes);
  if (!skipFirst) return { said, there };
  const begin = said.shape.map((_, axis) => (axis === said.shape.length - 1 ? 1 : 0));
  const size = [...said.shape.slice(0, -1), classes - 1];
  return { said: ops.slice(said, begin, size), there: ops.slice(there, begin, size) };
}

function ofYes(ops: Ops, prediction: Tensor, labels: Tensor, threshold: number) {
  const above = (x: Tensor, limit: number) => ops.cast(ops.greater(x, ops.scalar(limit)), 'float32');
  return { said: above(prediction, threshold), there: above(targetLike(ops, prediction, labels), 0.5) };
}
