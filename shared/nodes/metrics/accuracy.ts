import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, sameShape } from '../../types/shape.ts';
import { defineMetric } from '../defineNode.ts';
import { checkWeights, kerasMetric, torchMean, WEIGHTS_TEXT, weightsPort } from '../lossParts.ts';

/**
 * Share of samples, steps or pixels whose largest prediction is the right class: prediction
 * `[B, …, K]` (logits or probabilities, the order is the same), labels int32 `[B, …]`, weights or a
 * mask `[B, …]`. Of equal largest the first counts.
 */
export const accuracy = defineMetric({
  kind: 'accuracy',
  category: 'metric',
  icon: 'gauge',
  text: {
    title: 'Accuracy',
    description: 'Share of samples put into the right class.',
    params: {},
    ports: { prediction: 'prediction', labels: 'labels', weights: WEIGHTS_TEXT },
    aliases: ['correct', 'score', 'top-1'],
  },
  params: z.object({}),
  ports: {
    inputs: [
      { id: 'prediction', type: 'tensor', dtypes: ['float32'] },
      { id: 'labels', type: 'tensor', dtypes: ['int32'] },
      weightsPort,
    ],
    outputs: [],
  },
  metricKey: 'accuracy',
  format: 'percent',
  better: 'higher',
  infer({ inputs: { prediction, labels, weights } }) {
    if (!prediction || !labels) return { outputs: {} };
    const places = prediction.shape.slice(0, -1);
    if (prediction.shape.length < 2 || (labels.shape.length === 1 && prediction.shape.length !== 2)) {
      return {
        problem: {
          code: 'needs-flat-input',
          port: 'prediction',
          data: { expected: 'B×classes', received: formatShape(prediction.shape) },
          ...(prediction.shape.length > 2 && {
            fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
          }),
        },
      };
    }
    if (!sameShape(labels.shape, places)) {
      return {
        problem: {
          code: 'needs-class-labels',
          port: 'labels',
          data: { expected: formatShape(places), received: formatShape(labels.shape) },
        },
      };
    }
    const unfit = checkWeights(weights, places);
    return unfit ? { problem: unfit } : { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs: { prediction, labels, weights } }) {
    if (!prediction || !labels) throw new Error('accuracy: input missing');
    const right = ops.cast(ops.equal(ops.argMax(prediction, prediction.shape.length - 1), labels), 'float32');
    if (!weights) return { correct: ops.sum(right), count: ops.scalar(labels.size) };
    const inner = labels.size / weights.size;
    const factors = ops.reshape(weights, [weights.size, 1]);
    return {
      correct: ops.sum(ops.mul(ops.reshape(right, [weights.size, inner]), factors)),
      count: ops.mul(ops.sum(weights), ops.scalar(inner)),
    };
  },
  finish: ({ correct = 0, count = 0 }) => (count === 0 ? 0 : correct / count),
  summary: () => [],
  lesson: {
    summary:
      'The share of right answers. It is easy to read and easily misread: where nine of ten samples are of one class, always naming that class is right nine times of ten. Look at recall or the confusion matrix beside it.',
    formula: 'accuracy = right / all',
    references: [{ title: 'Bishop 2006: Pattern Recognition and Machine Learning, ch. 1.5' }],
  },
  sources: {
    pytorch: ({ inputs: { labels, weights } }) => ({
      call: torchMean('({prediction}.argmax(-1) == {labels}).float()', labels?.shape.length ?? 1, weights),
    }),
    keras: ({ inputs: { labels, weights } }) =>
      kerasMetric('SparseCategoricalAccuracy()', {
        truth: '{labels}',
        prediction: '{prediction}',
        rank: labels?.shape.length ?? 1,
        weights,
      }),
  },
  examples: [
    {
      name: 'ten classes',
      inputs: { prediction: float32([6, 10]), labels: { type: 'tensor', dtype: 'int32', shape: [6] } },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'each step of a sequence, masked',
      inputs: { prediction: float32([2, 3, 4]), labels: int32([2, 3]), weights: float32([2, 3]) },
      ranges: { weights: [0, 1] },
      params: {},
      outputs: {},
    },
    {
      name: 'one sample, two classes',
      inputs: { prediction: float32([1, 2]), labels: { type: 'tensor', dtype: 'int32', shape: [1] } },
      params: {},
      outputs: {},
    },
  ],
});
