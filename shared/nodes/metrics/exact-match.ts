import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { checkClasses } from '../classLosses.ts';
import { defineMetric } from '../defineNode.ts';
import { checkWeights, torchWeights, WEIGHTS_TEXT, weightsPort } from '../lossParts.ts';
import { weightsLike } from '../metricParts.ts';
import { quotient } from '../metricSums.ts';
import { floatPort, indexPort } from '../ports.ts';
import { required } from '../required.ts';

/** Share of samples of which every label is right: prediction `[B, …, K]`, labels `[B, …]`, a mask leaves padding out. */
export const exactMatch = defineMetric({
  kind: 'exact-match',
  category: 'metric',
  icon: 'check-check',
  text: {
    title: 'Exact match',
    description: 'Share of sequences that are right from end to end.',
    params: {},
    ports: { prediction: 'prediction', labels: 'labels', weights: WEIGHTS_TEXT },
    aliases: ['sequence accuracy', 'translation', 'whole', 'string'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('prediction'), indexPort('labels'), weightsPort], outputs: [] },
  metricKey: 'exactMatch',
  format: 'percent',
  better: 'higher',
  infer({ inputs: { prediction, labels, weights } }) {
    if (!prediction || !labels) return { outputs: {} };
    const problem =
      checkClasses(prediction, labels, { scores: 'prediction', labels: 'labels' }) ??
      checkWeights(weights, labels.shape);
    return problem ? { problem } : { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs }) {
    const prediction = required(inputs.prediction, 'exact-match: prediction');
    const labels = required(inputs.labels, 'exact-match: labels');
    const wrong = ops.cast(
      ops.notEqual(ops.argMax(prediction, prediction.shape.length - 1), labels),
      'float32',
    );
    const counts = ops.cast(
      ops.greater(weightsLike(ops, inputs.weights, labels.shape), ops.scalar(0)),
      'float32',
    );
    const batch = labels.shape[0] ?? 1;
    const errors = ops.sum(ops.reshape(ops.mul(wrong, counts), [batch, labels.size / batch]), [1]);
    const right = ops.cast(ops.less(errors, ops.scalar(0.5)), 'float32');
    return { right: ops.sum(right), count: ops.scalar(batch) };
  },
  finish: ({ right, count }) => quotient(right, count),
  summary: () => ['whole samples'],
  lesson: {
    summary:
      'One wrong character makes the whole answer wrong, which is how a date or a sum is judged. With 10 characters of 99 % each, only about 90 % of answers are right throughout.',
    formula: 'share of samples with all labels right',
    references: [{ title: 'Rajpurkar et al. 2016: SQuAD', url: 'https://arxiv.org/abs/1606.05250' }],
  },
  sources: {
    pytorch: ({ inputs: { labels, weights } }) => ({
      call: `((({prediction}.argmax(-1) != {labels}) & (${torchWeights('{labels}', labels?.shape.length ?? 1, weights)} > 0)).reshape(len({labels}), -1).sum(1) == 0).float().mean()`,
    }),
  },
  examples: [
    {
      name: 'short sequences',
      inputs: { prediction: float32([8, 2, 2]), labels: int32([8, 2]) },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'with padding',
      inputs: { prediction: float32([5, 4, 3]), labels: int32([5, 4]), weights: float32([5, 4]) },
      ranges: { labels: [0, 3], weights: [-1, 1] },
      params: {},
      outputs: {},
    },
  ],
});
