import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, normalizeAxis } from '../../types/shape.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Puts a new axis of size 1 at `axis` of the result. */
export const expandDims = defineLayer({
  kind: 'expand-dims',
  category: 'shape',
  icon: 'maximize',
  text: {
    title: 'Expand dims',
    description: 'Puts in a new axis of size 1.',
    params: {
      axis: { label: 'Axis', help: 'Where the new axis stands in the result; −1 is the last place.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['unsqueeze', 'new axis', 'add dimension'],
  },
  params: z.object({ axis: z.int().min(-8).max(7).default(-1) }),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const axis = normalizeAxis(params.axis, x.shape.length + 1);
    if (axis < 1 || axis > x.shape.length) {
      return {
        problem: {
          code: 'axis-not-available',
          port: 'x',
          param: 'axis',
          data: { axis: params.axis, first: 1, last: x.shape.length, received: formatShape(x.shape) },
          ...(x.shape.length > 0 && { fix: { kind: 'set-param', nodeId, param: 'axis', value: -1 } }),
        },
      };
    }
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape: x.shape.toSpliced(axis, 0, 1) } } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'expand-dims: x');
    return { y: ops.reshape(x, x.shape.toSpliced(normalizeAxis(params.axis, x.shape.length + 1), 0, 1)) };
  },
  summary: ({ axis }) => [`new axis ${axis}`],
  lesson: {
    summary:
      'Inserts an axis with one place, so that another tensor stretches along it: B×C becomes B×1×C and then scales every step of B×T×C. No number changes.',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `{x}.unsqueeze(${params.axis})` }),
    keras: ({ params }) => ({ call: `ops.expand_dims({x}, ${params.axis})` }),
  },
  examples: [
    {
      name: 'last axis',
      inputs: { x: float32([3, 4]) },
      params: {},
      outputs: { y: [3, 4, 1] },
      parameterCount: 0,
    },
    {
      name: 'after the batch',
      inputs: { x: float32([2, 5, 3]) },
      params: { axis: 1 },
      outputs: { y: [2, 1, 5, 3] },
    },
  ],
});
