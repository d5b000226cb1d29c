import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { channelsFirst } from '../sources.ts';

/** A leaky ReLU with a learned slope for each channel (last axis), or one for all. He et al. 2015. */
export const prelu = defineLayer({
  kind: 'prelu',
  category: 'activation',
  icon: 'trending-up',
  text: {
    title: 'PReLU',
    description: 'A leaky ReLU that learns its slope.',
    params: {
      shared: { label: 'One slope', help: 'For all channels together.' },
      start: { label: 'Start', help: 'The slope before training.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['parametric relu', 'leaky', 'activation'],
  },
  params: z.object({
    shared: z.boolean().default(false),
    start: z.number().min(-1).max(1).default(0.25).meta({ step: 0.05 }),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    if (x.shape.length < 2 || typeof x.shape.at(-1) !== 'number') {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: float32(x.shape) } };
  },
  weights({ inputs: { x }, params }) {
    const channels = x?.shape.at(-1);
    if (typeof channels !== 'number') return {};
    return {
      slope: {
        shape: [params.shared ? 1 : channels],
        init: { kind: 'constant', value: params.start },
        trainable: true,
      },
    };
  },
  flops: ({ inputs: { x } }) => 3 * numbersOf(x),
  forward({ ctx: { ops }, inputs, weights }) {
    const x = required(inputs.x, 'prelu: x');
    const below = ops.neg(ops.relu(ops.neg(x)));
    return { y: ops.add(ops.relu(x), ops.mul(below, required(weights.slope, 'prelu: slope'))) };
  },
  summary: ({ shared, start }) => [`${shared ? 'one slope' : 'a slope per channel'} · from ${start}`],
  lesson: {
    summary:
      'Lets training decide how much of the negative numbers to keep, for each channel. It costs next to nothing and never dies, as a ReLU can whose input is always negative.',
    formula: 'y = max(0, x) + a·min(0, x)',
    references: [
      { title: 'He et al. 2015: Delving deep into rectifiers', url: 'https://arxiv.org/abs/1502.01852' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      module: `nn.PReLU(${params.shared ? 1 : x?.shape.at(-1)}, init=${params.start})`,
      call: channelsFirst((input) => `{self}(${input})`),
      weights: { slope: { name: 'weight' } },
    }),
    keras: ({ inputs: { x } }) => ({
      module: `keras.layers.PReLU(shared_axes=[${(x?.shape ?? [])
        .slice(1, -1)
        .map((_, axis) => axis + 1)
        .join(', ')}])`,
      call: '{self}({x})',
      weights: {
        slope: {
          name: 'alpha',
          value: `ops.reshape({w} * ops.ones(${x?.shape.at(-1)}), (${'1, '.repeat(Math.max(0, (x?.shape.length ?? 2) - 2))}${x?.shape.at(-1)},))`,
        },
      },
    }),
  },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([3, 5]) },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 5,
    },
    {
      name: 'image, one slope',
      inputs: { x: float32([2, 3, 2, 4]) },
      params: { shared: true, start: 0.1 },
      outputs: { y: [2, 3, 2, 4] },
      parameterCount: 1,
    },
  ],
});
