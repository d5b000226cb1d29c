import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const LIMIT = 1e30;

/** Numbers below `min` become `min`, above `max` become `max`; there the gradient is zero. */
export const clip = defineLayer({
  kind: 'clip',
  category: 'operation',
  icon: 'square-split-vertical',
  text: {
    title: 'Clip',
    description: 'Keeps numbers within limits.',
    params: { min: { label: 'Smallest' }, max: { label: 'Largest' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['clamp', 'limit', 'bound', 'saturate'],
  },
  params: z.object({
    min: z.number().min(-LIMIT).max(LIMIT).default(0),
    max: z.number().min(-LIMIT).max(LIMIT).default(1),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const outputs = { y: float32(x.shape) };
    const { min, max } = params;
    if (min < max) return { outputs };
    // Beside numbers as large as these, 1 makes no difference.
    const above = min + 1 > min && min + 1 <= LIMIT;
    const below = max - 1 < max && max - 1 >= -LIMIT;
    return {
      outputs,
      problem: {
        code: 'limits-reversed',
        param: 'max',
        data: { min, max },
        ...(above && { fix: { kind: 'set-param', nodeId, param: 'max', value: min + 1 } }),
        ...(!above && below && { fix: { kind: 'set-param', nodeId, param: 'min', value: max - 1 } }),
      },
    };
  },
  flops: ({ outputs: { y } }) => numbersOf(y),
  forward({ ctx: { ops }, inputs, params }) {
    return { y: ops.clip(required(inputs.x, 'clip: x'), params.min, params.max) };
  },
  summary: ({ min, max }) => [`${min} … ${max}`],
  lesson: {
    summary:
      'Cuts off what is too small or too large. Outside the limits the gradient is zero, so a number that has left them cannot come back by learning; a sigmoid or tanh bends instead of cutting.',
    formula: 'y = min(max(x, a), b)',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.clamp({x}, ${params.min}, ${params.max})` }),
    keras: ({ params }) => ({ call: `ops.clip({x}, ${params.min}, ${params.max})` }),
  },
  examples: [
    {
      name: 'to 0 and 1',
      inputs: { x: float32([3, 5]) },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    {
      name: 'around zero',
      inputs: { x: float32([2, 3, 3, 1]) },
      params: { min: -0.5, max: 0.25 },
      outputs: { y: [2, 3, 3, 1] },
    },
  ],
});
