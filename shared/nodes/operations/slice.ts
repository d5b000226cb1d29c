import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32 } from '../../types/shape.ts';
import { AXIS_HELP, axisOf, axisParam, resolveAxis } from '../axes.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** `count` places of an axis from `start` on (from the end where negative); −1 takes all that is left. */
export const slice = defineLayer({
  kind: 'slice',
  category: 'shape',
  icon: 'scissors',
  text: {
    title: 'Slice',
    description: 'Takes a part of an axis.',
    params: {
      axis: { label: 'Axis', help: AXIS_HELP },
      start: { label: 'Start', help: 'First place, counted from 0; −1 is the last one.' },
      count: { label: 'Count', help: 'How many places; −1 takes all that are left.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['part', 'range', 'crop', 'index', 'last step', 'narrow'],
  },
  params: z.object({
    axis: axisParam(1),
    start: z.int().min(-1_000_000).max(1_000_000).default(0),
    count: z.int().min(-1).max(1_000_000).default(1),
  }),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const axis = resolveAxis({ x, axis: params.axis, nodeId });
    if (typeof axis !== 'number') return axis;
    const size = x.shape[axis];
    if (typeof size !== 'number') {
      return {
        problem: {
          code: 'needs-known-size',
          port: 'x',
          data: { expected: 'a number', received: formatShape(x.shape) },
        },
      };
    }
    const start = params.start < 0 ? size + params.start : params.start;
    const count = params.count === -1 ? size - start : params.count;
    if (start < 0 || count < 1 || start + count > size) {
      return {
        problem: {
          code: 'slice-outside',
          port: 'x',
          param: start < 0 || start >= size ? 'start' : 'count',
          data: { size, start: params.start, count: params.count, received: formatShape(x.shape) },
          fix:
            start < 0 || start >= size
              ? { kind: 'set-param', nodeId, param: 'start', value: 0 }
              : { kind: 'set-param', nodeId, param: 'count', value: -1 },
        },
      };
    }
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape: x.shape.with(axis, count) } } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'slice: x');
    const axis = axisOf(x, params.axis);
    const size = x.shape[axis] ?? 1;
    const start = params.start < 0 ? size + params.start : params.start;
    const begin = x.shape.map((_, index) => (index === axis ? start : 0));
    const extent = x.shape.map((dim, index) =>
      index === axis ? (params.count === -1 ? size - start : params.count) : dim,
    );
    return { y: ops.slice(x, begin, extent) };
  },
  summary: ({ axis, start, count }) => [`axis ${axis} · from ${start} · ${count === -1 ? 'all' : count}`],
  lesson: {
    summary:
      'Copies a range of places along one axis; the gradient goes back to those places and is zero elsewhere. The axis stays, also with one place: Squeeze removes it.',
    formula: 'y = x[:, start : start + count]',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({ call: `{x}.narrow(${narrow(x?.shape, params)})` }),
    keras: ({ inputs: { x }, params }) => {
      const axis = axisOf({ shape: x?.shape ?? [] }, params.axis);
      const [, start = 0, count = 1] = narrow(x?.shape, params).split(', ').map(Number);
      return { call: `{x}[${':, '.repeat(axis)}${start}:${start + count}]` };
    },
  },
  examples: [
    {
      name: 'the last step',
      inputs: { x: float32([2, 5, 3]) },
      params: { start: -1 },
      outputs: { y: [2, 1, 3] },
      parameterCount: 0,
    },
    {
      name: 'the second half of the channels',
      inputs: { x: float32([2, 3, 3, 6]) },
      params: { axis: -1, start: 3, count: -1 },
      outputs: { y: [2, 3, 3, 3] },
    },
    {
      name: 'of whole numbers',
      inputs: { x: int32([2, 7]) },
      params: { start: 2, count: 3 },
      outputs: { y: [2, 3] },
    },
  ],
});

/** `axis, start, length` of torch.narrow. */
function narrow(
  shape: readonly unknown[] | undefined,
  params: { axis: number; start: number; count: number },
): string {
  const axis = axisOf({ shape: shape ?? [] }, params.axis);
  const size = Number(shape?.[axis] ?? 0);
  const start = params.start < 0 ? size + params.start : params.start;
  return [axis, start, params.count === -1 ? size - start : params.count].join(', ');
}
