import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { AXIS_HELP, axisOf, axisParam, resolveAxis } from '../axes.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const MAX_PARTS = 4;
const parts = Array.from({ length: MAX_PARTS }, (_, index) => `part${index + 1}`);

/** Cuts an axis into two to four equal parts. */
export const split = defineLayer({
  kind: 'split',
  category: 'shape',
  icon: 'split',
  text: {
    title: 'Split',
    description: 'Cuts an axis into equal parts.',
    params: { axis: { label: 'Axis', help: AXIS_HELP }, parts: { label: 'Parts' } },
    ports: { x: 'tensor', part1: 'first', part2: 'second', part3: 'third', part4: 'fourth' },
    aliases: ['chunk', 'divide', 'unstack', 'halves'],
  },
  params: z.object({ axis: axisParam(), parts: z.int().min(2).max(MAX_PARTS).default(2) }),
  ports: { inputs: [tensorPort('x')], outputs: parts.map((id) => tensorPort(id)) },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const axis = resolveAxis({ x, axis: params.axis, nodeId });
    if (typeof axis !== 'number') return axis;
    const size = x.shape[axis];
    if (typeof size !== 'number' || size % params.parts !== 0) {
      const fitting = [2, 3, 4].find((count) => typeof size === 'number' && size % count === 0);
      return {
        problem: {
          code: 'not-divisible',
          port: 'x',
          param: 'parts',
          data: { size: String(size), parts: params.parts, received: formatShape(x.shape) },
          ...(fitting !== undefined && {
            fix: { kind: 'set-param', nodeId, param: 'parts', value: fitting },
          }),
        },
      };
    }
    const part = { type: 'tensor', dtype: x.dtype, shape: x.shape.with(axis, size / params.parts) } as const;
    return { outputs: Object.fromEntries(parts.slice(0, params.parts).map((id) => [id, part])) };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'split: x');
    const axis = axisOf(x, params.axis);
    const size = (x.shape[axis] ?? params.parts) / params.parts;
    const pieces = ops.split(x, new Array<number>(params.parts).fill(size), axis);
    return Object.fromEntries(pieces.map((piece, index) => [`part${index + 1}`, piece]));
  },
  summary: ({ axis, parts: count }) => [`${count} parts · axis ${axis}`],
  lesson: {
    summary:
      'Cuts one axis into parts of equal size. One wide layer followed by a split does the work of several layers at once: query, key and value, or mean and log-variance.',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.chunk({x}, ${params.parts}, dim=${params.axis})` }),
    keras: ({ params }) => ({ call: `ops.split({x}, ${params.parts}, axis=${params.axis})` }),
  },
  examples: [
    {
      name: 'mean and variance',
      inputs: { x: float32([3, 8]) },
      params: {},
      outputs: { part1: [3, 4], part2: [3, 4] },
      parameterCount: 0,
    },
    {
      name: 'query, key, value',
      inputs: { x: float32([2, 6, 3]) },
      params: { axis: 1, parts: 3 },
      outputs: { part1: [2, 2, 3], part2: [2, 2, 3], part3: [2, 2, 3] },
    },
  ],
});
