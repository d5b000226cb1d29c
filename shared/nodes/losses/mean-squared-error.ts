import { z } from 'zod';
import { formatShape, type TensorType } from '../../types/portType.ts';
import { float32, int32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import {
  checkWeights,
  inferAlike,
  isColumn,
  kerasMean,
  kerasTarget,
  targetLike,
  torchMean,
  torchTarget,
  WEIGHTS_TEXT,
  weightedMean,
  weightsPort,
} from '../lossParts.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const isClassList = (type: TensorType): boolean => type.dtype === 'int32' && type.shape.length === 1;

/**
 * Mean over all numbers of (prediction − target)²: both of one shape. Class labels (int32 `[B]`)
 * are taken too and compared as one-hot rows of the prediction's width `[B, K]`: the Brier score
 * divided by K. Gauss 1809; torch.nn.MSELoss.
 */
export const meanSquaredError = defineLoss({
  kind: 'mean-squared-error',
  category: 'loss',
  icon: 'trending-down',
  text: {
    title: 'MSE',
    description: 'Mean of the squared differences; class labels are compared as one-hot rows.',
    params: {},
    ports: { prediction: 'prediction', target: 'target', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['mean squared error', 'l2', 'regression', 'brier'],
  },
  params: z.object({}),
  ports: {
    inputs: [
      { id: 'prediction', type: 'tensor', dtypes: ['float32'] },
      { id: 'target', type: 'tensor', dtypes: ['float32', 'int32'] },
      weightsPort,
    ],
    outputs: [{ id: 'loss', type: 'loss' }],
  },
  prediction: { port: 'prediction', target: 'target', activation: 'linear' },
  infer({ inputs: { prediction, target, weights } }) {
    if (!prediction || !target) return { outputs: {} };
    const outputs = { loss: { type: 'loss' as const } };
    const received = formatShape(prediction.shape);
    if (isClassList(target) && !isColumn(prediction.shape, target.shape)) {
      const [batch, width] = prediction.shape;
      const classes = target.meaning?.kind === 'class' ? target.meaning.labels.length : width;
      if (prediction.shape.length !== 2 || batch !== target.shape[0]) {
        return {
          problem: {
            code: 'needs-flat-input',
            port: 'prediction',
            data: { expected: `${target.shape[0]}×${classes ?? 'N'}`, received },
            ...(prediction.shape.length > 2 && {
              fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
            }),
          },
          outputs,
        };
      }
      if (typeof classes === 'number' && classes !== width) {
        return {
          problem: {
            code: 'class-count-mismatch',
            port: 'prediction',
            data: { classes, expected: `${batch}×${classes}`, received },
            fix: [
              { kind: 'set-param', nodeId: '', param: 'units', value: classes },
              { kind: 'insert-node', nodeKind: 'dense', params: { units: classes }, edgeId: '' },
            ],
          },
          outputs,
        };
      }
      const problem = checkWeights(weights, target.shape);
      return problem ? { problem, outputs } : { outputs };
    }
    return inferAlike(prediction, target, weights);
  },
  flops: ({ inputs: { prediction } }) => 3 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs }) {
    const prediction = required(inputs.prediction, 'mean-squared-error: prediction');
    const target = required(inputs.target, 'mean-squared-error: target');
    const width = prediction.shape[1] ?? 1;
    const classes = target.dtype === 'int32' && target.shape.length === 1 && prediction.shape.length === 2;
    const wanted = classes && width > 1 ? ops.oneHot(target, width) : targetLike(ops, prediction, target);
    return { loss: weightedMean(ops, ops.square(ops.sub(prediction, wanted)), inputs.weights) };
  },
  summary: () => ['mean over all numbers'],
  lesson: {
    summary:
      'The default for numbers: the best constant answer is the mean, and large errors count most, so a single wild target pulls hard. It is the right loss when errors are normally distributed. For classes, cross-entropy learns faster.',
    formula: 'L = mean (x − t)²',
    references: [references.bishop, references.deepLearningBook],
  },
  sources: {
    pytorch: ({ inputs: { prediction, target, weights } }) => {
      const hot = target && prediction && isClassList(target) && !isColumn(prediction.shape, target.shape);
      const wanted = hot ? `F.one_hot({target}, ${prediction.shape[1]}).float()` : torchTarget();
      return {
        call: torchMean(`({prediction} - ${wanted}).square()`, prediction?.shape.length ?? 1, weights),
      };
    },
    keras: ({ inputs: { prediction, target, weights } }) => {
      const hot = target && prediction && isClassList(target) && !isColumn(prediction.shape, target.shape);
      const wanted = hot ? `ops.one_hot({target}, ${prediction.shape[1]})` : kerasTarget();
      return {
        call: kerasMean(`ops.square({prediction} - ${wanted})`, prediction?.shape.length ?? 1, weights),
      };
    },
  },
  examples: [
    {
      name: 'regression',
      inputs: { prediction: float32([4, 3]), target: float32([4, 3]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'class labels as one-hot rows',
      inputs: { prediction: float32([4, 10]), target: int32([4]) },
      ranges: { target: [0, 10] },
      params: {},
      outputs: { loss: [] },
    },
    {
      name: 'images',
      inputs: { prediction: float32([2, 4, 4, 1]), target: float32([2, 4, 4, 1]) },
      params: {},
      outputs: { loss: [] },
    },
    {
      name: 'a sequence with a mask',
      inputs: { prediction: float32([2, 4, 3]), target: float32([2, 4, 3]), weights: float32([2, 4]) },
      ranges: { weights: [0, 1] },
      params: {},
      outputs: { loss: [] },
    },
    {
      name: 'one whole number a sample',
      inputs: { prediction: float32([5, 1]), target: int32([5]) },
      ranges: { target: [0, 10] },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
