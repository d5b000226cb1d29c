import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { broadcastPair, numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** a − b, number by number; shapes agree, or stretch to agree as in NumPy. */
export const subtract = defineLayer({
  kind: 'subtract',
  category: 'operation',
  icon: 'minus',
  text: {
    title: 'Subtract',
    description: 'Takes the second tensor from the first, number by number.',
    params: {},
    ports: { a: 'tensor', b: 'tensor', y: 'tensor' },
    aliases: ['difference', 'minus', 'residual'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('a'), floatPort('b')], outputs: [tensorPort()] },
  infer({ inputs: { a, b } }) {
    if (!a || !b) return { outputs: {} };
    const common = broadcastPair(a, b);
    return 'problem' in common
      ? { ...common, outputs: { y: float32(a.shape) } }
      : { outputs: { y: float32(common.shape) } };
  },
  flops: ({ outputs: { y } }) => numbersOf(y),
  forward({ ctx: { ops }, inputs: { a, b } }) {
    return { y: ops.sub(required(a, 'subtract: a'), required(b, 'subtract: b')) };
  },
  summary: () => [],
  lesson: {
    summary:
      'Takes b from a, number by number. The difference of two embeddings is what siamese networks compare; the difference from a mean centres data.',
    formula: 'y = a − b',
    references: [references.broadcasting],
  },
  sources: { pytorch: () => ({ call: '{a} - {b}' }), keras: () => ({ call: '{a} - {b}' }) },
  examples: [
    {
      name: 'one shape',
      inputs: { a: float32([3, 5]), b: float32([3, 5]) },
      ranges: { b: [0.5, 2] },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    {
      name: 'one number for each sample',
      inputs: { a: float32([2, 3, 3, 4]), b: float32([2, 1, 1, 1]) },
      ranges: { b: [0.5, 2] },
      params: {},
      outputs: { y: [2, 3, 3, 4] },
    },
    {
      name: 'the second is wider',
      inputs: { a: float32([3, 1]), b: float32([2, 3, 4]) },
      ranges: { b: [-2, -0.5] },
      params: {},
      outputs: { y: [2, 3, 4] },
    },
  ],
});
