import { z } from 'zod';
import { float32, int32 } from '../types/shape.ts';
import { checkClasses } from './classLosses.ts';
import { defineMetric, type MetricNode, type NodeLesson } from './defineNode.ts';
import { checkWeights, torchMean, WEIGHTS_TEXT, weightsPort } from './lossParts.ts';
import { weightsLike } from './metricParts.ts';
import { quotient } from './metricSums.ts';
import { floatPort, indexPort } from './ports.ts';
import { required } from './required.ts';

/** What tells one figure of surprise from another. */
export interface TokenMetricKind {
  readonly kind: string;
  readonly metricKey: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly lesson: NodeLesson;
  /** The figure of a mean cross-entropy in nats. */
  figure(nats: number): number;
  /** The same in PyTorch. */
  torchFigure(nats: string): string;
}

/** A figure of the mean cross-entropy of tokens: logits `[B, …, K]`, labels `[B, …]`, weights or a mask. */
export function defineTokenMetric({
  kind,
  metricKey,
  icon,
  title,
  description,
  aliases,
  lesson,
  figure,
  torchFigure,
}: TokenMetricKind): MetricNode {
  return defineMetric({
    kind,
    category: 'metric',
    icon,
    text: {
      title,
      description,
      params: {},
      ports: { logits: 'logits', labels: 'labels', weights: WEIGHTS_TEXT },
      aliases,
    },
    params: z.object({}),
    ports: { inputs: [floatPort('logits'), indexPort('labels'), weightsPort], outputs: [] },
    metricKey,
    format: 'number',
    better: 'lower',
    infer({ inputs: { logits, labels, weights } }) {
      if (!logits || !labels) return { outputs: {} };
      const problem =
        checkClasses(logits, labels, { scores: 'logits', labels: 'labels' }) ??
        checkWeights(weights, labels.shape);
      return problem ? { problem } : { outputs: {} };
    },
    accumulate({ ctx: { ops }, inputs }) {
      const logits = required(inputs.logits, `${kind}: logits`);
      const labels = required(inputs.labels, `${kind}: labels`);
      const last = logits.shape.length - 1;
      const right = ops.oneHot(labels, logits.shape[last] ?? 1);
      const nats = ops.neg(ops.sum(ops.mul(ops.logSoftmax(logits), right), [last]));
      const weights = weightsLike(ops, inputs.weights, labels.shape);
      return { nats: ops.sum(ops.mul(nats, weights)), count: ops.sum(weights) };
    },
    finish: ({ nats, count }) => figure(quotient(nats, count)),
    summary: () => ['mean over all tokens'],
    lesson,
    sources: {
      pytorch({ inputs: { labels, weights } }) {
        const nats = 'F.cross_entropy({logits}.movedim(-1, 1), {labels}, reduction="none")';
        return { call: torchFigure(torchMean(nats, labels?.shape.length ?? 1, weights)) };
      },
    },
    examples: [
      {
        name: 'tokens',
        inputs: { logits: float32([2, 3, 5]), labels: int32([2, 3]) },
        ranges: { labels: [0, 5] },
        params: {},
        outputs: {},
        parameterCount: 0,
      },
      {
        name: 'tokens with a mask',
        inputs: { logits: float32([3, 4, 2]), labels: int32([3, 4]), weights: float32([3, 4]) },
        ranges: { weights: [0, 1] },
        params: {},
        outputs: {},
      },
    ],
  });
}
