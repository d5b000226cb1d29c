import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { AXIS_HELP, axisOf, axisParam, resolveAxis } from '../axes.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Each number becomes the sum of all up to it along an axis; exclusive leaves itself out, reverse counts from the end. */
export const cumulativeSum = defineLayer({
  kind: 'cumulative-sum',
  category: 'operation',
  icon: 'chart-no-axes-column-increasing',
  text: {
    title: 'Cumulative sum',
    description: 'Adds up along an axis, place by place.',
    params: {
      axis: { label: 'Axis', help: AXIS_HELP },
      exclusive: { label: 'Exclusive', help: 'Leaves the number itself out.' },
      reverse: { label: 'From the end' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['cumsum', 'running total', 'prefix sum', 'integral'],
  },
  params: z.object({
    axis: axisParam(1),
    exclusive: z.boolean().default(false),
    reverse: z.boolean().default(false),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const axis = resolveAxis({ x, axis: params.axis, nodeId });
    return typeof axis === 'number' ? { outputs: { y: float32(x.shape) } } : axis;
  },
  flops: ({ outputs: { y } }) => numbersOf(y),
  forward({ ctx: { ops }, inputs, params: { axis, exclusive, reverse } }) {
    const x = required(inputs.x, 'cumulative-sum: x');
    return { y: ops.cumulativeSum(x, axisOf(x, axis), { exclusive, reverse }) };
  },
  summary: ({ axis, exclusive, reverse }) => [
    [`axis ${axis}`, exclusive && 'exclusive', reverse && 'from the end'].filter(Boolean).join(' · '),
  ],
  lesson: {
    summary:
      'Turns changes into levels: the running total along time. Averages of all that came before, positions counted from a mask, and returns in reinforcement learning are cumulative sums.',
    formula: 'yₜ = x₁ + … + xₜ',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params: { axis, exclusive, reverse } }) => {
      const sum = (x: string) =>
        reverse ? `${x}.flip(${axis}).cumsum(${axis}).flip(${axis})` : `${x}.cumsum(${axis})`;
      return { call: exclusive ? `${sum('{x}')} - {x}` : sum('{x}') };
    },
    keras: ({ params: { axis, exclusive, reverse } }) => {
      const sum = reverse
        ? `ops.flip(ops.cumsum(ops.flip({x}, axis=${axis}), axis=${axis}), axis=${axis})`
        : `ops.cumsum({x}, axis=${axis})`;
      return { call: exclusive ? `${sum} - {x}` : sum };
    },
  },
  examples: [
    {
      name: 'over time',
      inputs: { x: float32([2, 5, 3]) },
      params: {},
      outputs: { y: [2, 5, 3] },
      parameterCount: 0,
    },
    {
      name: 'from the end, exclusive',
      inputs: { x: float32([3, 4]) },
      params: { axis: -1, exclusive: true, reverse: true },
      outputs: { y: [3, 4] },
    },
  ],
});
