import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { averagePrecision, rocArea, SCORE_BINS } from '../curves.ts';
import { defineMetric } from '../defineNode.ts';
import {
  checkWeights,
  targetLike,
  torchTarget,
  torchWeights,
  WEIGHTS_TEXT,
  weightsPort,
} from '../lossParts.ts';
import { checkSame, weightsLike } from '../metricParts.ts';
import { sumList } from '../metricSums.ts';
import { floatPort, numberPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Area under the receiver operating characteristic, or average precision, of scores of yes: from
 * counts in 200 steps of the probability, as keras.metrics.AUC does.
 */
export const auc = defineMetric({
  kind: 'auc',
  category: 'metric',
  icon: 'chart-area',
  text: {
    title: 'AUC',
    description: 'How well scores put yes above no, at every threshold.',
    params: {
      curve: {
        label: 'Curve',
        options: { roc: 'Hits over false alarms (ROC)', precision: 'Precision over recall' },
      },
      input: { label: 'Prediction is', options: { logits: 'Logits', probabilities: 'Probabilities' } },
    },
    ports: { prediction: 'scores', labels: 'labels', weights: WEIGHTS_TEXT },
    aliases: ['roc', 'area under the curve', 'average precision', 'ranking', 'link prediction'],
  },
  params: z.object({
    curve: z.enum(['roc', 'precision']).default('roc'),
    input: z.enum(['logits', 'probabilities']).default('logits'),
  }),
  ports: { inputs: [floatPort('prediction'), numberPort('labels'), weightsPort], outputs: [] },
  metricKey: 'auc',
  format: 'number',
  better: 'higher',
  infer({ inputs: { prediction, labels, weights } }) {
    if (!prediction || !labels) return { outputs: {} };
    const problem = checkSame(prediction, labels) ?? checkWeights(weights, prediction.shape);
    return problem ? { problem } : { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs, params }) {
    const prediction = required(inputs.prediction, 'auc: prediction');
    const yes = targetLike(ops, prediction, required(inputs.labels, 'auc: labels'));
    const weights = weightsLike(ops, inputs.weights, prediction.shape);
    const probability = params.input === 'logits' ? ops.sigmoid(prediction) : prediction;
    const bin = ops.clip(ops.floor(ops.mul(probability, ops.scalar(SCORE_BINS))), 0, SCORE_BINS - 1);
    const bins = ops.oneHot(ops.cast(ops.reshape(bin, [prediction.size]), 'int32'), SCORE_BINS);
    const count = (value: typeof yes) =>
      ops.reshape(ops.matMul(ops.reshape(ops.mul(value, weights), [1, prediction.size]), bins), [SCORE_BINS]);
    const truly = ops.cast(ops.greater(yes, ops.scalar(0.5)), 'float32');
    return {
      positives: count(truly),
      negatives: count(ops.sub(ops.scalar(1), truly)),
      roc: ops.scalar(params.curve === 'roc' ? 1 : 0),
    };
  },
  finish(sums) {
    const positives = sumList(sums, 'positives');
    const negatives = sumList(sums, 'negatives');
    if ((sums.roc ?? 0) > 0) return rocArea(positives, negatives);
    return averagePrecision(
      positives,
      negatives,
      positives.reduce((sum, value) => sum + value, 0),
    );
  },
  summary: ({ curve, input }) => [`${curve === 'roc' ? 'ROC' : 'average precision'} · ${input}`],
  lesson: {
    summary:
      'The chance that a random yes scores higher than a random no: 1 is perfect order, ½ is guessing. No threshold has to be chosen, and it does not matter how rare yes is; where it is very rare, average precision shows more.',
    formula: 'AUC = P( score(yes) > score(no) )',
    references: [
      {
        title: 'Hanley and McNeil 1982: The meaning and use of the area under a ROC curve',
        url: 'https://doi.org/10.1148/radiology.143.1.7063747',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { prediction, weights }, params: { curve, input } }) {
      const scores = input === 'logits' ? '{prediction}.sigmoid()' : '{prediction}';
      const bins = `(${scores} * ${SCORE_BINS}).floor().clamp(0, ${SCORE_BINS - 1}).long().flatten()`;
      const yes = `(${torchTarget('labels')} > 0.5).float().flatten()`;
      const weighed = `${torchWeights('{prediction}', prediction?.shape.length ?? 1, weights)}.flatten()`;
      const area =
        curve === 'roc'
          ? '(p * (n.cumsum(0) - n / 2)).sum() / (p.sum() * n.sum())'
          : '(lambda p, n: (p * p.cumsum(0) / (p + n).cumsum(0).clamp(min=1e-30)).sum() / p.sum())(p.flip(0), n.flip(0))';
      const counts = `(lambda b, y, w: (lambda z: (z.index_add(0, b, w * y), z.index_add(0, b, w * (1 - y))))(torch.zeros(${SCORE_BINS})))`;
      return { call: `(lambda p, n: ${area})(*${counts}(${bins}, ${yes}, ${weighed}))` };
    },
  },
  examples: [
    {
      name: 'yes and no',
      inputs: { prediction: float32([12, 1]), labels: int32([12]) },
      ranges: { prediction: [-3, 3] },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'average precision of probabilities, weighted',
      inputs: { prediction: float32([4, 5]), labels: int32([4, 5]), weights: float32([4]) },
      ranges: { prediction: [0, 1], weights: [0.2, 1] },
      params: { curve: 'precision', input: 'probabilities' },
      outputs: {},
    },
  ],
});
