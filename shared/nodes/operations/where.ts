import { z } from 'zod';
import { bool, float32 } from '../../types/shape.ts';
import { broadcastList } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** a where the condition holds, else b; all three stretch to one shape. Only the branch taken gets a gradient. */
export const where = defineLayer({
  kind: 'where',
  category: 'operation',
  icon: 'git-branch',
  text: {
    title: 'Where',
    description: 'Takes numbers from one tensor where a condition holds, from another where not.',
    params: {},
    ports: { condition: 'condition', a: 'if true', b: 'if false', y: 'tensor' },
    aliases: ['select', 'if', 'mask', 'choose', 'condition'],
  },
  params: z.object({}),
  ports: {
    inputs: [{ id: 'condition', type: 'tensor', dtypes: ['bool'] }, floatPort('a'), floatPort('b')],
    outputs: [tensorPort()],
  },
  infer({ inputs: { condition, a, b } }) {
    if (!condition || !a || !b) return { outputs: {} };
    const common = broadcastList([condition, a, b], 'b');
    if (!('problem' in common)) return { outputs: { y: float32(common.shape) } };
    const { fix: _fix, wire, ...problem } = common.problem;
    return { problem: { ...problem, port: wire === 1 ? 'a' : 'b' } };
  },
  forward({ ctx: { ops }, inputs: { condition, a, b } }) {
    return {
      y: ops.select(
        required(condition, 'where: condition'),
        required(a, 'where: a'),
        required(b, 'where: b'),
      ),
    };
  },
  summary: () => [],
  lesson: {
    summary:
      'Chooses number by number between two tensors. Only the one chosen gets a gradient at that place, but both are computed: if the other branch is infinite there, its gradient can still spoil the result.',
    formula: 'y = a where condition, else b',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: () => ({ call: 'torch.where({condition}, {a}, {b})' }),
    keras: () => ({ call: 'ops.where({condition}, {a}, {b})' }),
  },
  examples: [
    {
      name: 'one shape',
      inputs: { condition: bool([3, 4]), a: float32([3, 4]), b: float32([3, 4]) },
      params: {},
      outputs: { y: [3, 4] },
      parameterCount: 0,
    },
    {
      name: 'one truth for each row',
      inputs: { condition: bool([2, 3, 1]), a: float32([2, 3, 4]), b: float32([1]) },
      params: {},
      outputs: { y: [2, 3, 4] },
    },
  ],
});
