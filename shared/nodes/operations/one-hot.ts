import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { indexPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** A row of zeros with a one at the number: int32 `[…]` → float32 `[…, classes]`; outside 0…classes−1 all zeros. */
export const oneHot = defineLayer({
  kind: 'one-hot',
  category: 'operation',
  icon: 'binary',
  text: {
    title: 'One-hot',
    description: 'Turns class numbers into rows with a single one.',
    params: { classes: { label: 'Classes', help: 'Length of a row.' } },
    ports: { x: 'classes', y: 'rows' },
    aliases: ['dummy variables', 'indicator', 'categorical'],
  },
  params: z.object({ classes: z.int().min(1).max(1_000_000).default(10) }),
  ports: { inputs: [indexPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const known = x.meaning?.kind === 'class' ? x.meaning.labels.length : undefined;
    const outputs = { y: float32([...x.shape, params.classes]) };
    if (known === undefined || known === params.classes) return { outputs };
    return {
      outputs,
      problem: {
        code: 'one-hot-classes',
        port: 'x',
        param: 'classes',
        data: { classes: known, given: params.classes },
        fix: { kind: 'set-param', nodeId, param: 'classes', value: known },
      },
    };
  },
  forward({ ctx: { ops }, inputs, params }) {
    return { y: ops.oneHot(required(inputs.x, 'one-hot: x'), params.classes) };
  },
  summary: ({ classes }) => [`${classes} classes`],
  lesson: {
    summary:
      'Gives every class its own direction, so that no class is nearer to another by its number alone. A conditional generator takes the wanted digit in this form. For many classes an embedding is shorter and learns which are alike.',
    formula: 'y[…, k] = 1 where x[…] = k, else 0',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `F.one_hot({x}, ${params.classes}).float()` }),
    keras: ({ params }) => ({ call: `ops.one_hot({x}, ${params.classes})` }),
  },
  examples: [
    {
      name: 'digits',
      inputs: { x: int32([6]) },
      ranges: { x: [0, 10] },
      params: {},
      outputs: { y: [6, 10] },
      parameterCount: 0,
    },
    {
      name: 'a single class',
      inputs: { x: int32([3]) },
      ranges: { x: [0, 1] },
      params: { classes: 1 },
      outputs: { y: [3, 1] },
    },
    {
      name: 'a sequence of tokens',
      inputs: { x: int32([2, 5]) },
      ranges: { x: [0, 3] },
      params: { classes: 3 },
      outputs: { y: [2, 5, 3] },
    },
  ],
});
