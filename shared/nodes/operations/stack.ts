import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, normalizeAxis, sameShape } from '../../types/shape.ts';
import { singleValue } from '../broadcast.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';

/** Puts tensors of one shape next to each other along a new axis, in the order of their wires. */
export const stack = defineLayer({
  kind: 'stack',
  category: 'shape',
  icon: 'layers-2',
  text: {
    title: 'Stack',
    description: 'Puts tensors of one shape along a new axis.',
    params: {
      axis: { label: 'Axis', help: 'Where the new axis stands in the result; −1 is the last place.' },
    },
    ports: { values: 'tensors', y: 'tensor' },
    aliases: ['join', 'new axis', 'pile'],
  },
  params: z.object({ axis: z.int().min(-8).max(7).default(1) }),
  ports: { inputs: [tensorPort('values', { multiple: true })], outputs: [tensorPort()] },
  infer({ lists: { values = [] }, params, nodeId }): InferResult {
    const [first] = values;
    if (!first) return { outputs: {} };
    const axis = normalizeAxis(params.axis, first.shape.length + 1);
    if (axis < 1 || axis > first.shape.length) {
      return {
        problem: {
          code: 'axis-not-available',
          port: 'values',
          param: 'axis',
          data: { axis: params.axis, first: 1, last: first.shape.length, received: formatShape(first.shape) },
          fix: { kind: 'set-param', nodeId, param: 'axis', value: 1 },
        },
      };
    }
    const wire = values.findIndex(
      (value) => !sameShape(value.shape, first.shape) || value.dtype !== first.dtype,
    );
    if (wire >= 0) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'values',
          wire,
          data: {
            expected: `${first.dtype} ${formatShape(first.shape)}`,
            received: `${values[wire]?.dtype} ${formatShape(values[wire]?.shape ?? [])}`,
          },
          fix: { kind: 'remove-edge', edgeId: '' },
        },
      };
    }
    const shape = first.shape.toSpliced(axis, 0, values.length);
    return {
      outputs: { y: { type: 'tensor', dtype: first.dtype, shape } },
      warnings: singleValue(values.length),
    };
  },
  forward({ ctx: { ops }, lists: { values = [] }, params }) {
    return { y: ops.stack(values, normalizeAxis(params.axis, (values[0]?.shape.length ?? 0) + 1)) };
  },
  summary: ({ axis }) => [`new axis ${axis}`],
  lesson: {
    summary:
      'Makes a new axis out of several tensors of the same shape, one place each; Concatenate instead makes an existing axis longer. A few vectors become a short sequence that attention or a recurrent layer can read.',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.stack({values}, dim=${params.axis})` }),
    keras: ({ params }) => ({ call: `ops.stack({values}, axis=${params.axis})` }),
  },
  examples: [
    {
      name: 'vectors become a sequence',
      inputs: { values: [float32([2, 4]), float32([2, 4]), float32([2, 4])] },
      params: {},
      outputs: { y: [2, 3, 4] },
      parameterCount: 0,
    },
    {
      name: 'along a last axis',
      inputs: { values: [float32([2, 3, 3]), float32([2, 3, 3])] },
      params: { axis: -1 },
      outputs: { y: [2, 3, 3, 2] },
    },
  ],
});
