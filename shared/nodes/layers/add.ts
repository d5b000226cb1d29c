import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

/** Sum of two or more tensors of one shape, as in a residual connection (He et al. 2016). */
export const add = defineLayer({
  kind: 'add',
  category: 'shape',
  icon: 'plus',
  text: {
    title: 'Add',
    description: 'Adds tensors of the same shape.',
    params: {},
    ports: { values: 'tensors', y: 'tensor' },
    aliases: ['sum', 'residual', 'skip', 'plus'],
  },
  params: z.object({}),
  ports: {
    inputs: [{ id: 'values', type: 'tensor', dtypes: ['float32'], multiple: true }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ lists: { values = [] } }) {
    const [first] = values;
    if (!first) return { outputs: {} };
    const outputs = { y: float32(first.shape) };
    const other = values.find((value) => !sameShape(value.shape, first.shape));
    if (other) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'values',
          data: { expected: formatShape(first.shape), received: formatShape(other.shape) },
          fix: { kind: 'remove-edge', edgeId: '' },
          wire: values.indexOf(other),
        },
        outputs,
      };
    }
    if (values.length < 2) {
      return {
        outputs,
        warnings: [
          { code: 'single-value', port: 'values', data: { count: values.length }, severity: 'warning' },
        ],
      };
    }
    return { outputs };
  },
  flops: ({ lists: { values = [] } }) =>
    Math.max(0, values.length - 1) * ((values[0] && sampleSize(values[0].shape)) ?? 0),
  forward({ ctx: { ops }, lists: { values = [] } }) {
    const [first, ...rest] = values;
    if (!first) throw new Error('add: no values');
    return { y: rest.reduce((sum, value) => ops.add(sum, value), first) };
  },
  summary: () => [],
  examples: [
    {
      name: 'two images',
      inputs: { values: [float32([2, 4, 4, 3]), float32([2, 4, 4, 3])] },
      params: {},
      outputs: { y: [2, 4, 4, 3] },
      parameterCount: 0,
    },
    {
      name: 'three rows of features',
      inputs: { values: [float32([3, 5]), float32([3, 5]), float32([3, 5])] },
      params: {},
      outputs: { y: [3, 5] },
    },
  ],
});
