import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/**
 * Each number to a fixed power. A negative number has no real power that is not whole (the result is
 * not a number), and zero none that is negative.
 */
export const power = defineLayer({
  kind: 'power',
  category: 'operation',
  icon: 'superscript',
  text: {
    title: 'Power',
    description: 'Raises every number to a power.',
    params: { exponent: { label: 'Exponent', help: '2 squares, 0.5 is the square root, −1 the inverse.' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['square', 'square root', 'sqrt', 'exponent', 'inverse', 'reciprocal'],
  },
  params: z.object({ exponent: z.number().min(-10).max(10).default(2) }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? { y: float32(x.shape) } : {} }),
  flops: ({ outputs: { y } }) => numbersOf(y),
  forward({ ctx: { ops }, inputs, params: { exponent } }) {
    const x = required(inputs.x, 'power: x');
    if (exponent === 1) return { y: x };
    if (exponent === 2) return { y: ops.square(x) };
    if (exponent === 0.5) return { y: ops.sqrt(x) };
    if (exponent === -1) return { y: ops.div(ops.scalar(1), x) };
    return { y: ops.pow(x, ops.scalar(exponent)) };
  },
  summary: ({ exponent }) => [`x^${exponent}`],
  lesson: {
    summary:
      'Raises every number to the same power. The square root has an infinite slope at zero, and powers that are not whole are undefined for negative numbers: keep the input away from there, or gradients become not a number.',
    formula: 'y = xᵖ',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.pow({x}, ${params.exponent})` }),
    keras: ({ params }) => ({ call: `ops.power({x}, ${params.exponent})` }),
  },
  examples: [
    { name: 'square', inputs: { x: float32([3, 5]) }, params: {}, outputs: { y: [3, 5] }, parameterCount: 0 },
    {
      name: 'square root',
      inputs: { x: float32([2, 3, 3, 2]) },
      ranges: { x: [0.5, 2] },
      params: { exponent: 0.5 },
      outputs: { y: [2, 3, 3, 2] },
    },
    {
      name: 'inverse cube',
      inputs: { x: float32([4]) },
      ranges: { x: [0.7, 2] },
      params: { exponent: -3 },
      outputs: { y: [4] },
    },
  ],
});
