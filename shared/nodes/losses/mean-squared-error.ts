import { z } from 'zod';
import { formatShape, type TensorType } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { defineLoss } from '../defineNode.ts';

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
    ports: { prediction: 'prediction', target: 'target', loss: 'loss' },
    aliases: ['mean squared error', 'l2', 'regression', 'brier'],
  },
  params: z.object({}),
  ports: {
    inputs: [
      { id: 'prediction', type: 'tensor', dtypes: ['float32'] },
      { id: 'target', type: 'tensor', dtypes: ['float32', 'int32'] },
    ],
    outputs: [{ id: 'loss', type: 'loss' }],
  },
  prediction: { port: 'prediction', target: 'target', activation: 'linear' },
  infer({ inputs: { prediction, target } }) {
    if (!prediction || !target) return { outputs: {} };
    const outputs = { loss: { type: 'loss' as const } };
    const received = formatShape(prediction.shape);
    if (isClassList(target)) {
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
      return { outputs };
    }
    if (!sameShape(prediction.shape, target.shape)) {
      const width = target.shape.at(-1);
      return {
        problem: {
          code: 'shapes-differ',
          port: 'prediction',
          data: { expected: formatShape(target.shape), received },
          ...(target.shape.length === 2 &&
            prediction.shape.length === 2 &&
            typeof width === 'number' && {
              fix: { kind: 'set-param', nodeId: '', param: 'units', value: width },
            }),
        },
        outputs,
      };
    }
    return { outputs };
  },
  flops: ({ inputs: { prediction } }) =>
    3 * (prediction?.shape.slice(1).reduce<number>((product, dim) => product * Number(dim), 1) ?? 0),
  forward({ ctx: { ops }, inputs: { prediction, target } }) {
    if (!prediction || !target) throw new Error('mean-squared-error: input missing');
    const width = prediction.shape[1];
    const classes = target.dtype === 'int32' && target.shape.length === 1 && prediction.shape.length === 2;
    const wanted = classes && width !== undefined ? ops.oneHot(target, width) : ops.cast(target, 'float32');
    return { loss: ops.mean(ops.square(ops.sub(prediction, wanted))) };
  },
  summary: () => ['mean over all numbers'],
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
      inputs: { prediction: float32([4, 10]), target: { type: 'tensor', dtype: 'int32', shape: [4] } },
      params: {},
      outputs: { loss: [] },
    },
    {
      name: 'images',
      inputs: { prediction: float32([2, 4, 4, 1]), target: float32([2, 4, 4, 1]) },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
