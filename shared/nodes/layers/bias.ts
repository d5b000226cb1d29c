import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Adds a learned number to each channel (last axis). */
export const bias = defineLayer({
  kind: 'bias',
  category: 'dense',
  icon: 'circle-plus',
  text: {
    title: 'Bias',
    description: 'Adds a learned number to each channel.',
    params: {},
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['offset', 'shift', 'intercept'],
  },
  params: z.object({}),
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
  weights({ inputs: { x } }) {
    const channels = x?.shape.at(-1);
    if (typeof channels !== 'number') return {};
    return { bias: { shape: [channels], init: { kind: 'zeros' }, trainable: true } };
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward: ({ ctx: { ops }, inputs, weights }) => ({
    y: ops.add(required(inputs.x, 'bias: x'), required(weights.bias, 'bias: bias')),
  }),
  summary: () => ['one for each channel'],
  lesson: {
    summary:
      'Moves the point at which a unit begins to answer. Most layers have a bias of their own; before a normalisation it has no effect, since the mean is taken away again.',
    formula: 'y = x + b',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ inputs: { x } }) => ({
      module: `nn.ParameterDict({"bias": torch.zeros(${x?.shape.at(-1)})})`,
      call: '{x} + {self}["bias"]',
      weights: { bias: { name: 'bias' } },
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
      name: 'image',
      inputs: { x: float32([2, 3, 2, 4]) },
      params: {},
      outputs: { y: [2, 3, 2, 4] },
      parameterCount: 4,
    },
  ],
});
