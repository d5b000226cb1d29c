import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineMetric } from '../defineNode.ts';

/**
 * Share of samples whose largest prediction is the right class: prediction `[B, K]` (logits or
 * probabilities, the order is the same), labels int32 `[B]`. Of equal largest the first counts.
 */
export const accuracy = defineMetric({
  kind: 'accuracy',
  category: 'metric',
  icon: 'gauge',
  text: {
    title: 'Accuracy',
    description: 'Share of samples put into the right class.',
    params: {},
    ports: { prediction: 'prediction', labels: 'labels' },
    aliases: ['correct', 'score', 'top-1'],
  },
  params: z.object({}),
  ports: {
    inputs: [
      { id: 'prediction', type: 'tensor', dtypes: ['float32'] },
      { id: 'labels', type: 'tensor', dtypes: ['int32'] },
    ],
    outputs: [],
  },
  metricKey: 'accuracy',
  format: 'percent',
  better: 'higher',
  infer({ inputs: { prediction, labels } }) {
    if (!prediction || !labels) return { outputs: {} };
    if (prediction.shape.length !== 2) {
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
    if (labels.shape.length !== 1 || labels.shape[0] !== prediction.shape[0]) {
      return {
        problem: {
          code: 'needs-class-labels',
          port: 'labels',
          data: { expected: String(prediction.shape[0]), received: formatShape(labels.shape) },
        },
      };
    }
    return { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs: { prediction, labels } }) {
    if (!prediction || !labels) throw new Error('accuracy: input missing');
    const right = ops.equal(ops.argMax(prediction, 1), labels);
    return {
      correct: ops.sum(ops.cast(right, 'float32')),
      count: ops.scalar(prediction.shape[0] ?? 0),
    };
  },
  finish: ({ correct = 0, count = 0 }) => (count === 0 ? 0 : correct / count),
  summary: () => [],
  examples: [
    {
      name: 'ten classes',
      inputs: { prediction: float32([6, 10]), labels: { type: 'tensor', dtype: 'int32', shape: [6] } },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'one sample, two classes',
      inputs: { prediction: float32([1, 2]), labels: { type: 'tensor', dtype: 'int32', shape: [1] } },
      params: {},
      outputs: {},
    },
  ],
});
