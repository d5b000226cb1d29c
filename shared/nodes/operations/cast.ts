import { z } from 'zod';
import { bool, float32, int32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const torchTypes = { float32: 'torch.float32', int32: 'torch.int64', bool: 'torch.bool' } as const;

/** The same numbers as another sort: real numbers lose their fraction as int32, and all but 0 is true. */
export const cast = defineLayer({
  kind: 'cast',
  category: 'operation',
  icon: 'repeat-2',
  text: {
    title: 'Cast',
    description: 'Changes the sort of numbers: real, whole, or true and false.',
    params: {
      to: {
        label: 'To',
        options: { float32: 'Real (float32)', int32: 'Whole (int32)', bool: 'Truth (bool)' },
      },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['convert', 'type', 'float', 'integer', 'boolean'],
  },
  params: z.object({ to: z.enum(['float32', 'int32', 'bool']).default('float32') }),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer: ({ inputs: { x }, params }) => ({
    outputs: x ? { y: { type: 'tensor', dtype: params.to, shape: x.shape } } : {},
  }),
  forward({ ctx: { ops }, inputs, params }) {
    return { y: ops.cast(required(inputs.x, 'cast: x'), params.to) };
  },
  summary: ({ to }) => [`to ${to}`],
  lesson: {
    summary:
      'Layers compute with real numbers; classes and tokens are whole numbers; comparisons give true or false. No gradient passes a cast to whole numbers or truths: they change in jumps.',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `{x}.to(${torchTypes[params.to]})` }),
    keras: ({ params }) => ({ call: `ops.cast({x}, "${params.to}")` }),
  },
  examples: [
    {
      name: 'whole to real',
      inputs: { x: int32([2, 3]) },
      params: {},
      outputs: { y: [2, 3] },
      parameterCount: 0,
    },
    {
      name: 'real to whole',
      inputs: { x: float32([2, 5]) },
      ranges: { x: [-5, 5] },
      params: { to: 'int32' },
      outputs: { y: [2, 5] },
    },
    { name: 'a truth as a number', inputs: { x: bool([3, 2]) }, params: {}, outputs: { y: [3, 2] } },
  ],
});
