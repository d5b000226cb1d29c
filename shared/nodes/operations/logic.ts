import { z } from 'zod';
import { bool } from '../../types/shape.ts';
import { broadcastPair } from '../broadcast.ts';
import { defineLayer, type PortSpec } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const truths = (id: string, optional = false): PortSpec => ({
  id,
  type: 'tensor',
  dtypes: ['bool'],
  optional,
});

/** And, or, exclusive or of two tensors of truths, or the opposite of one. */
export const logic = defineLayer({
  kind: 'logic',
  category: 'operation',
  icon: 'ampersand',
  text: {
    title: 'Logic',
    description: 'Combines truths: and, or, exclusive or, not.',
    params: {
      operation: { label: 'Operation', options: { and: 'And', or: 'Or', xor: 'Exclusive or', not: 'Not' } },
    },
    ports: { a: 'truths', b: 'truths', y: 'truths' },
    aliases: ['and', 'or', 'not', 'xor', 'boolean', 'mask'],
  },
  params: z.object({ operation: z.enum(['and', 'or', 'xor', 'not']).default('and') }),
  ports: { inputs: [truths('a'), truths('b', true)], outputs: [tensorPort()] },
  infer({ inputs: { a, b }, params }) {
    if (!a) return { outputs: {} };
    if (params.operation === 'not') return { outputs: { y: bool(a.shape) } };
    if (!b)
      return { problem: { code: 'second-input-missing', port: 'b', data: { operation: params.operation } } };
    const common = broadcastPair(a, b);
    return 'problem' in common ? common : { outputs: { y: bool(common.shape) } };
  },
  forward({ ctx: { ops }, inputs, params: { operation } }) {
    const a = required(inputs.a, 'logic: a');
    if (operation === 'not') return { y: ops.logicalNot(a) };
    const b = required(inputs.b, 'logic: b');
    if (operation === 'and') return { y: ops.logicalAnd(a, b) };
    if (operation === 'or') return { y: ops.logicalOr(a, b) };
    return { y: ops.logicalAnd(ops.logicalOr(a, b), ops.logicalNot(ops.logicalAnd(a, b))) };
  },
  summary: ({ operation }) => [operation],
  lesson: {
    summary:
      'Combines masks: a step counts where it is no padding and comes before the query. No gradient passes a truth. Whether a single neuron can learn these functions was the first question about networks: it cannot learn the exclusive or.',
    references: [
      {
        title: 'Minsky and Papert 1969: Perceptrons',
        url: 'https://mitpress.mit.edu/9780262630221/perceptrons/',
      },
      references.deepLearningBook,
    ],
  },
  sources: {
    pytorch: ({ params: { operation } }) => ({
      call: operation === 'not' ? 'torch.logical_not({a})' : `torch.logical_${operation}({a}, {b})`,
    }),
    keras: ({ params: { operation } }) => ({
      call: operation === 'not' ? 'ops.logical_not({a})' : `ops.logical_${operation}({a}, {b})`,
    }),
  },
  examples: [
    ...(['and', 'or', 'xor'] as const).map((operation) => ({
      name: operation,
      inputs: { a: bool([3, 4]), b: bool([4]) },
      params: { operation },
      outputs: { y: [3, 4] },
      parameterCount: 0,
    })),
    { name: 'not', inputs: { a: bool([2, 3]) }, params: { operation: 'not' }, outputs: { y: [2, 3] } },
  ],
});
