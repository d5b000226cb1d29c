import { z } from 'zod';
import { bool, float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Gives on what it gets: a bend in a wire, or a place with a name. */
export const identity = defineLayer({
  kind: 'identity',
  category: 'operation',
  icon: 'arrow-right',
  text: {
    title: 'Identity',
    description: 'Gives on what it gets, to route or name a wire.',
    params: {},
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['reroute', 'pass through', 'skip', 'name', 'bend'],
  },
  params: z.object({}),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? { y: x } : {} }),
  forward: ({ inputs }) => ({ y: required(inputs.x, 'identity: x') }),
  summary: () => [],
  lesson: {
    summary:
      'Changes nothing. It leads a wire around other cards, gives a value a name, and keeps the place of a layer that one wants to leave out for comparison.',
    formula: 'y = x',
    references: [references.deepLearningBook],
  },
  sources: { pytorch: () => ({ call: '{x}' }), keras: () => ({ call: '{x}' }) },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([3, 5]) },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    { name: 'truths', inputs: { x: bool([2, 3]) }, params: {}, outputs: { y: [2, 3] } },
  ],
});
