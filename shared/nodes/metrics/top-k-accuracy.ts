import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { checkClasses } from '../classLosses.ts';
import { defineMetric } from '../defineNode.ts';
import { checkWeights, kerasMetric, torchMean, WEIGHTS_TEXT, weightsPort } from '../lossParts.ts';
import { weightsLike } from '../metricParts.ts';
import { quotient } from '../metricSums.ts';
import { floatPort, indexPort } from '../ports.ts';
import { required } from '../required.ts';

/** Share of labels for which fewer than k classes score higher: prediction `[B, …, K]`, labels `[B, …]`. */
export const topKAccuracy = defineMetric({
  kind: 'top-k-accuracy',
  category: 'metric',
  icon: 'medal',
  text: {
    title: 'Top-k accuracy',
    description: 'Share of samples whose class is among the k likeliest.',
    params: { k: { label: 'k', help: 'How many classes may be named.' } },
    ports: { prediction: 'prediction', labels: 'labels', weights: WEIGHTS_TEXT },
    aliases: ['top-5', 'imagenet', 'hits at k'],
  },
  params: z.object({ k: z.int().min(1).max(1000).default(5) }),
  ports: { inputs: [floatPort('prediction'), indexPort('labels'), weightsPort], outputs: [] },
  metricKey: 'topKAccuracy',
  format: 'percent',
  better: 'higher',
  infer({ inputs: { prediction, labels, weights } }) {
    if (!prediction || !labels) return { outputs: {} };
    const problem =
      checkClasses(prediction, labels, { scores: 'prediction', labels: 'labels' }) ??
      checkWeights(weights, labels.shape);
    return problem ? { problem } : { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs, params }) {
    const prediction = required(inputs.prediction, 'top-k-accuracy: prediction');
    const labels = required(inputs.labels, 'top-k-accuracy: labels');
    const last = prediction.shape.length - 1;
    const mine = ops.sum(ops.mul(prediction, ops.oneHot(labels, prediction.shape[last] ?? 1)), [last], true);
    const better = ops.sum(ops.cast(ops.greater(prediction, mine), 'float32'), [last]);
    const found = ops.cast(ops.less(better, ops.scalar(params.k)), 'float32');
    const weights = weightsLike(ops, inputs.weights, labels.shape);
    return { found: ops.sum(ops.mul(found, weights)), count: ops.sum(weights) };
  },
  finish: ({ found, count }) => quotient(found, count),
  summary: ({ k }) => [`k = ${k}`],
  lesson: {
    summary:
      'With a thousand classes, of which many look alike, one guess is a hard test. Top-5 asks whether the right class is among the five likeliest, which is also what a list of suggestions needs.',
    formula: 'share of samples with fewer than k higher scores',
    references: [
      {
        title: 'Russakovsky et al. 2015: ImageNet large scale visual recognition challenge',
        url: 'https://arxiv.org/abs/1409.0575',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { labels, weights }, params: { k } }) => ({
      call: torchMean(
        `(({prediction} > {prediction}.gather(-1, {labels}.unsqueeze(-1))).sum(-1) < ${k}).float()`,
        labels?.shape.length ?? 1,
        weights,
      ),
    }),
    keras: ({ inputs: { labels, weights }, params: { k } }) =>
      kerasMetric(`SparseTopKCategoricalAccuracy(${k})`, {
        truth: '{labels}',
        prediction: '{prediction}',
        rank: labels?.shape.length ?? 1,
        weights,
      }),
  },
  examples: [
    {
      name: 'ten classes',
      inputs: { prediction: float32([6, 10]), labels: int32([6]) },
      ranges: { labels: [0, 10] },
      params: { k: 3 },
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'tokens with a mask',
      inputs: { prediction: float32([2, 3, 5]), labels: int32([2, 3]), weights: float32([2, 3]) },
      ranges: { labels: [0, 5], weights: [0, 1] },
      params: { k: 2 },
      outputs: {},
    },
  ],
});
