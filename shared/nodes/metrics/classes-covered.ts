import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineMetric } from '../defineNode.ts';
import { sumList } from '../metricSums.ts';
import { floatPort } from '../ports.ts';
import { required } from '../required.ts';
import { checkScores } from '../scores.ts';

/** Number of classes that are the likeliest of at least the given share of samples: logits `[B, K]`. */
export const classesCovered = defineMetric({
  kind: 'classes-covered',
  category: 'metric',
  icon: 'chart-bar',
  text: {
    title: 'Classes covered',
    description: 'How many classes there are among the samples.',
    params: { share: { label: 'Share', help: 'Of all samples, for a class to count as covered.' } },
    ports: { logits: 'scores of the classes' },
    aliases: ['mode collapse', 'diversity', 'gan', 'coverage'],
  },
  params: z.object({ share: z.number().min(0).max(1).default(0.02).meta({ step: 0.01 }) }),
  ports: { inputs: [floatPort('logits')], outputs: [] },
  metricKey: 'classes',
  format: 'number',
  better: 'higher',
  infer: ({ inputs: { logits } }) => checkScores(logits),
  accumulate({ ctx: { ops }, inputs, params }) {
    const logits = required(inputs.logits, 'classes-covered: logits');
    const [batch = 1, classes = 1] = logits.shape;
    const counts = ops.sum(ops.oneHot(ops.argMax(logits, 1), classes), [0]);
    return { counts, needed: ops.scalar(batch * params.share) };
  },
  finish: (sums) =>
    sumList(sums, 'counts').filter((count) => count > 0 && count >= (sums.needed ?? 0)).length,
  summary: ({ share }) => [`at least ${+(100 * share).toFixed(2)} % each`],
  lesson: {
    summary:
      'A generator that makes nothing but perfect ones has found a way to please its judge and learnt little: that is mode collapse. This counts the classes that a classifier sees among what was made.',
    references: [
      {
        title: 'Metz et al. 2017: Unrolled generative adversarial networks',
        url: 'https://arxiv.org/abs/1611.02163',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { logits }, params: { share } }) => ({
      call: `(lambda c: ((c > 0) & (c >= ${share} * len({logits}))).sum())(torch.bincount({logits}.argmax(1), minlength=${Number(logits?.shape[1])}))`,
    }),
  },
  examples: [
    {
      name: 'ten classes',
      inputs: { logits: float32([6, 10]) },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    { name: 'two classes', inputs: { logits: float32([3, 2]) }, params: { share: 0.4 }, outputs: {} },
  ],
});
