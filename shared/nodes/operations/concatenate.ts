import { z } from 'zod';
import { formatShape, type Shape } from '../../types/portType.ts';
import { dimProduct, float32, normalizeAxis } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

const otherAxesAgree = (a: Shape, b: Shape, axis: number): boolean =>
  a.length === b.length && a.every((dim, index) => index === axis || dim === b[index]);

/**
 * Joins two or more tensors along one axis, in the order of their wires; all other axes must agree.
 * The batch axis (0) cannot be joined: samples stay apart. As in DenseNet (Huang et al. 2017).
 */
export const concatenate = defineLayer({
  kind: 'concatenate',
  category: 'shape',
  icon: 'combine',
  text: {
    title: 'Concatenate',
    description: 'Puts tensors side by side along one axis.',
    params: { axis: { label: 'Axis', help: '−1 is the last axis: channels or features.' } },
    ports: { values: 'tensors', y: 'tensor' },
    aliases: ['concat', 'join', 'merge', 'skip'],
  },
  params: z.object({ axis: z.int().min(-1).max(7).default(-1) }),
  ports: {
    inputs: [{ id: 'values', type: 'tensor', dtypes: ['float32'], multiple: true }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ lists: { values = [] }, params, nodeId }) {
    const [first] = values;
    if (!first) return { outputs: {} };
    const axis = normalizeAxis(params.axis, first.shape.length);
    if (axis < 1 || axis >= first.shape.length) {
      return {
        problem: {
          code: 'axis-not-available',
          port: 'values',
          param: 'axis',
          data: {
            axis: params.axis,
            first: 1,
            last: first.shape.length - 1,
            received: formatShape(first.shape),
          },
          ...(first.shape.length > 1 && { fix: { kind: 'set-param', nodeId, param: 'axis', value: -1 } }),
        },
      };
    }
    const other = values.find((value) => !otherAxesAgree(value.shape, first.shape, axis));
    if (other) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'values',
          data: {
            expected: formatShape(first.shape.map((dim, index) => (index === axis ? '*' : dim))),
            received: formatShape(other.shape),
          },
          fix: { kind: 'remove-edge', edgeId: '' },
          wire: values.indexOf(other),
        },
      };
    }
    const joined = values.map((value) => value.shape[axis] ?? 0);
    if (dimProduct(joined) === undefined) {
      return {
        problem: {
          code: 'needs-known-size',
          port: 'values',
          data: { expected: 'a number', received: formatShape(first.shape) },
        },
      };
    }
    const size = joined.reduce<number>((sum, dim) => sum + Number(dim), 0);
    const outputs = { y: float32(first.shape.map((dim, index) => (index === axis ? size : dim))) };
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
  forward({ ctx: { ops }, lists: { values = [] }, params }) {
    const [first] = values;
    if (!first) throw new Error('concatenate: no values');
    if (values.length === 1) return { y: first };
    return { y: ops.concat(values, normalizeAxis(params.axis, first.shape.length)) };
  },
  summary: (params) => [params.axis === -1 ? 'last axis' : `axis ${params.axis}`],
  lesson: {
    summary:
      'Puts tensors side by side, so that what comes next sees all of them: features of another branch, the skip of a U-Net, a condition beside noise. Adding instead needs equal sizes and mixes at once.',
    formula: 'y = [x₁, x₂, …]',
    references: [
      {
        title: 'Huang et al. 2017: Densely connected convolutional networks',
        url: 'https://arxiv.org/abs/1608.06993',
      },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.cat({values}, dim=${params.axis})` }),
    keras: ({ params }) => ({ call: `ops.concatenate({values}, axis=${params.axis})` }),
  },
  examples: [
    {
      name: 'channels',
      inputs: { values: [float32([2, 4, 4, 3]), float32([2, 4, 4, 5])] },
      params: {},
      outputs: { y: [2, 4, 4, 8] },
      parameterCount: 0,
    },
    {
      name: 'rows',
      inputs: { values: [float32([2, 3, 4, 1]), float32([2, 2, 4, 1]), float32([2, 1, 4, 1])] },
      params: { axis: 1 },
      outputs: { y: [2, 6, 4, 1] },
    },
  ],
});
