import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { checkClasses } from '../classLosses.ts';
import { defineMetric } from '../defineNode.ts';
import { checkWeights, torchWeights, WEIGHTS_TEXT, weightsPort } from '../lossParts.ts';
import { weightsLike } from '../metricParts.ts';
import { sumList } from '../metricSums.ts';
import { floatPort, indexPort } from '../ports.ts';
import { required } from '../required.ts';

/** A table of more than this many classes has more places than a record of figures should hold. */
const MAX_CLASSES = 256;

/**
 * The largest cell of the confusion matrix beside the diagonal, as a share of its row: prediction `[B, …, K]`,
 * labels `[B, …]`, weights or a mask `[B, …]`. The matrix is counted over the whole split.
 */
export const confusion = defineMetric({
  kind: 'confusion',
  category: 'metric',
  icon: 'grid-2x2-x',
  text: {
    title: 'Confusion',
    description: 'How often one class is most often taken for one other.',
    params: {},
    ports: { prediction: 'prediction', labels: 'labels', weights: WEIGHTS_TEXT },
    aliases: ['confusion matrix', 'contingency table', 'error matrix', 'mistaken', 'misclassification'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('prediction'), indexPort('labels'), weightsPort], outputs: [] },
  metricKey: 'confusion',
  format: 'percent',
  better: 'lower',
  infer({ inputs: { prediction, labels, weights } }) {
    if (!prediction || !labels) return { outputs: {} };
    const problem =
      checkClasses(prediction, labels, { scores: 'prediction', labels: 'labels' }) ??
      checkWeights(weights, labels.shape);
    if (problem) return { problem };
    const classes = Number(prediction.shape.at(-1));
    if (classes <= MAX_CLASSES) return { outputs: {} };
    return { problem: { code: 'confusion-classes', data: { classes, limit: MAX_CLASSES } } };
  },
  accumulate({ ctx: { ops }, inputs }) {
    const prediction = required(inputs.prediction, 'confusion: prediction');
    const labels = required(inputs.labels, 'confusion: labels');
    const classes = prediction.shape.at(-1) ?? 1;
    const said = ops.oneHot(ops.argMax(prediction, prediction.shape.length - 1), classes);
    const there = ops.oneHot(labels, classes);
    const counted = ops.mul(there, weightsLike(ops, inputs.weights, there.shape));
    const rows = [labels.size, classes];
    const matrix = ops.matMul(ops.transpose(ops.reshape(counted, rows), [1, 0]), ops.reshape(said, rows));
    return { matrix: ops.reshape(matrix, [classes * classes]) };
  },
  finish(sums) {
    const matrix = sumList(sums, 'matrix');
    const classes = Math.round(Math.sqrt(matrix.length));
    let worst = 0;
    for (let truth = 0; truth < classes; truth += 1) {
      const row = matrix.slice(truth * classes, (truth + 1) * classes);
      const total = row.reduce((sum, count) => sum + count, 0);
      if (total > 0) worst = Math.max(worst, ...row.toSpliced(truth, 1).map((count) => count / total));
    }
    return worst;
  },
  summary: () => ['most frequent mistake'],
  lesson: {
    summary:
      'The confusion matrix counts for each true class what was said in its place: rows are the truth, columns the answers, right ones stand on the diagonal. This is its largest cell beside the diagonal, as a share of its row: 10 % says that one of ten samples of some class is taken for the same other one. Mistakes that go one way point to classes that look alike, or to wrong labels; mistakes that are spread do not. The whole matrix stands in the Evaluate tab.',
    formula: 'max over i ≠ j of C[i, j] / Σₖ C[i, k]',
    references: [
      {
        title: 'Stehman 1997: Selecting and interpreting measures of thematic classification accuracy',
        url: 'https://doi.org/10.1016/S0034-4257(97)00083-7',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { prediction, labels, weights } }) => {
      const classes = prediction?.shape.at(-1);
      const hot = (numbers: string) => `F.one_hot(${numbers}, ${classes}).float().flatten(0, -2)`;
      const weighed = torchWeights('{labels}', labels?.shape.length ?? 1, weights);
      const matrix = `(${hot('{labels}')} * ${weighed}.reshape(-1, 1)).T @ ${hot('{prediction}.argmax(-1)')}`;
      return {
        call: `(lambda m: (m * (1 - torch.eye(${classes})) / m.sum(1, keepdim=True).clamp(min=1e-30)).amax())(${matrix})`,
      };
    },
  },
  examples: [
    {
      name: 'three classes',
      inputs: { prediction: float32([9, 3]), labels: int32([9]) },
      ranges: { labels: [0, 3] },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'pixels, weighted',
      inputs: { prediction: float32([2, 2, 3, 4]), labels: int32([2, 2, 3]), weights: float32([2, 2, 3]) },
      ranges: { labels: [0, 4], weights: [0, 1] },
      params: {},
      outputs: {},
    },
  ],
});
