import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineMetric } from '../defineNode.ts';
import { quotient } from '../metricSums.ts';
import { floatPort } from '../ports.ts';
import { required } from '../required.ts';
import { checkScores } from '../scores.ts';

/** Share of samples whose likeliest class has at least the given probability: logits `[B, K]`. */
export const recognized = defineMetric({
  kind: 'recognized',
  category: 'metric',
  icon: 'scan-eye',
  text: {
    title: 'Recognised',
    description: 'Share of samples that a classifier is sure about.',
    params: { certainty: { label: 'Certainty', help: 'Probability that the likeliest class must have.' } },
    ports: { logits: 'scores of the classes' },
    aliases: ['confidence', 'gan', 'sample quality', 'inception score'],
  },
  params: z.object({ certainty: z.number().min(0).max(1).default(0.9).meta({ step: 0.05 }) }),
  ports: { inputs: [floatPort('logits')], outputs: [] },
  metricKey: 'recognized',
  format: 'percent',
  better: 'higher',
  infer: ({ inputs: { logits } }) => checkScores(logits),
  accumulate({ ctx: { ops }, inputs, params }) {
    const logits = required(inputs.logits, 'recognized: logits');
    const certainty = ops.max(ops.softmax(logits), [1]);
    const sure = ops.cast(ops.greaterEqual(certainty, ops.scalar(params.certainty)), 'float32');
    return { sure: ops.sum(sure), count: ops.scalar(logits.shape[0] ?? 1) };
  },
  finish: ({ sure, count }) => quotient(sure, count),
  summary: ({ certainty }) => [`at least ${Math.round(100 * certainty)} % certain`],
  lesson: {
    summary:
      'Made images have no right answer to be compared with. A classifier that has learnt from real ones says whether it sees something that it knows. It does not say whether all classes are made: look at the classes covered beside it.',
    references: [
      {
        title: 'Salimans et al. 2016: Improved techniques for training GANs',
        url: 'https://arxiv.org/abs/1606.03498',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { certainty } }) => ({
      call: `(F.softmax({logits}, dim=1).amax(1) >= ${certainty}).float().mean()`,
    }),
  },
  examples: [
    {
      name: 'ten classes',
      inputs: { logits: float32([6, 10]) },
      ranges: { logits: [-6, 6] },
      params: { certainty: 0.5 },
      outputs: {},
      parameterCount: 0,
    },
    { name: 'two classes', inputs: { logits: float32([3, 2]) }, params: {}, outputs: {} },
  ],
});
