import { z } from 'zod';
import { bool, float32, int32 } from '../../types/shape.ts';
import { broadcastPair, numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { numberPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const signs = {
  equal: '=',
  notEqual: '≠',
  greater: '>',
  greaterEqual: '≥',
  less: '<',
  lessEqual: '≤',
} as const;
type Comparison = keyof typeof signs;
const operators: Readonly<Record<Comparison, string>> = {
  equal: '==',
  notEqual: '!=',
  greater: '>',
  greaterEqual: '>=',
  less: '<',
  lessEqual: '<=',
};

/** a compared with b, or with a fixed number where b is not connected; gives truths. */
export const compare = defineLayer({
  kind: 'compare',
  category: 'operation',
  icon: 'equal',
  text: {
    title: 'Compare',
    description: 'Says of every number whether a comparison holds.',
    params: {
      comparison: { label: 'Comparison', options: signs },
      value: { label: 'Number', help: 'What to compare with where b is not connected.' },
    },
    ports: { a: 'tensor', b: 'tensor', y: 'truths' },
    aliases: ['equal', 'greater', 'less', 'threshold', 'mask'],
  },
  params: z.object({
    comparison: z.enum(Object.keys(signs) as [Comparison, ...Comparison[]]).default('greater'),
    value: z.number().min(-1e30).max(1e30).default(0),
  }),
  ports: { inputs: [numberPort('a'), numberPort('b', { optional: true })], outputs: [tensorPort()] },
  infer({ inputs: { a, b } }) {
    if (!a) return { outputs: {} };
    if (!b) return { outputs: { y: bool(a.shape) } };
    if (a.dtype !== b.dtype) {
      return {
        problem: {
          code: 'sorts-differ',
          port: 'b',
          data: { expected: a.dtype, received: b.dtype },
          fix: { kind: 'insert-node', nodeKind: 'cast', params: { to: a.dtype }, edgeId: '' },
        },
      };
    }
    const common = broadcastPair(a, b);
    return 'problem' in common ? common : { outputs: { y: bool(common.shape) } };
  },
  flops: ({ outputs: { y } }) => numbersOf(y),
  forward({ ctx: { ops }, inputs, params }) {
    const a = required(inputs.a, 'compare: a');
    const left = inputs.b ? a : ops.cast(a, 'float32');
    return { y: ops[params.comparison](left, inputs.b ?? ops.scalar(params.value)) };
  },
  summary: ({ comparison, value }) => [`${signs[comparison]} b, else ${signs[comparison]} ${value}`],
  lesson: {
    summary:
      'Gives true or false for every number. No gradient passes, since a truth changes in jumps; use it to make masks, and Where to choose by them.',
    formula: 'y = (a > b)',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: ({ inputs: { b }, params }) => ({
      call: `{a} ${operators[params.comparison]} ${b ? '{b}' : params.value}`,
    }),
    keras: ({ inputs: { b }, params }) => ({
      call: `{a} ${operators[params.comparison]} ${b ? '{b}' : params.value}`,
    }),
  },
  examples: [
    ...(Object.keys(signs) as Comparison[]).map((comparison) => ({
      name: comparison,
      inputs: { a: int32([2, 5]), b: int32([1, 5]) },
      ranges: { a: [0, 3], b: [0, 3] } as const,
      params: { comparison },
      outputs: { y: [2, 5] },
    })),
    {
      name: 'with a number',
      inputs: { a: float32([3, 4]) },
      params: { value: 0.2 },
      outputs: { y: [3, 4] },
      parameterCount: 0,
    },
  ],
});
