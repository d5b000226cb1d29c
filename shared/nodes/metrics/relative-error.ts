import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineMetric } from '../defineNode.ts';
import { checkSame } from '../metricParts.ts';
import { quotient } from '../metricSums.ts';
import { floatPort } from '../ports.ts';
import { required } from '../required.ts';

/** Σ(prediction − target)² / Σ(baseline − target)², over all numbers; all three of one shape. */
export const relativeError = defineMetric({
  kind: 'relative-error',
  category: 'metric',
  icon: 'scale',
  text: {
    title: 'Relative error',
    description: 'Squared error as a share of what a baseline’s is.',
    params: {},
    ports: { prediction: 'prediction', target: 'target', baseline: 'baseline' },
    aliases: ['skill score', 'persistence', 'improvement', 'mase', 'naive forecast'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('prediction'), floatPort('target'), floatPort('baseline')], outputs: [] },
  metricKey: 'relativeError',
  format: 'percent',
  better: 'lower',
  infer({ inputs: { prediction, target, baseline } }) {
    if (!prediction || !target || !baseline) return { outputs: {} };
    const problem = checkSame(prediction, target) ?? checkSame(baseline, target, 'baseline');
    return problem ? { problem } : { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs }) {
    const target = required(inputs.target, 'relative-error: target');
    const squared = (x: typeof target) =>
      ops.sum(ops.square(ops.sub(ops.reshape(x, [-1]), ops.reshape(target, [-1]))));
    return {
      own: squared(required(inputs.prediction, 'relative-error: prediction')),
      baseline: squared(required(inputs.baseline, 'relative-error: baseline')),
    };
  },
  finish: ({ own, baseline }) => quotient(own, baseline),
  summary: () => ['of a baseline’s'],
  lesson: {
    summary:
      'An error says little by itself: beside that of the simplest guess one sees what was learnt. Below 100 % the network is better than the baseline, such as tomorrow being like today.',
    formula: 'Σ (y − t)² / Σ (b − t)²',
    references: [
      {
        title: 'Murphy 1988: Skill scores based on the mean square error',
        url: 'https://doi.org/10.1175/1520-0493(1988)116<2417:SSBOTM>2.0.CO;2',
      },
    ],
  },
  sources: {
    pytorch: () => ({
      call: '(lambda t: ({prediction}.flatten() - t).square().sum() / ({baseline}.flatten() - t).square().sum())({target}.flatten())',
    }),
    keras: () => ({
      call: '(lambda t: ops.sum(ops.square(ops.ravel({prediction}) - t)) / ops.sum(ops.square(ops.ravel({baseline}) - t)))(ops.ravel({target}))',
    }),
  },
  examples: [
    {
      name: 'forecasts',
      inputs: { prediction: float32([4, 3]), target: float32([4, 3]), baseline: float32([4, 3]) },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'images',
      inputs: {
        prediction: float32([2, 3, 3, 1]),
        target: float32([2, 3, 3, 1]),
        baseline: float32([2, 3, 3, 1]),
      },
      params: {},
      outputs: {},
    },
  ],
});
