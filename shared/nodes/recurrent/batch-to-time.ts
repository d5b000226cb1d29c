import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { foldSteps } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Undoes `time-to-batch`: x `[B·T, …]` and the sequence like `[B, T, …]` → `[B, T, …]` with what x has at each step. */
export const batchToTime = defineLayer({
  kind: 'batch-to-time',
  category: 'recurrent',
  icon: 'group',
  text: {
    title: 'Batch to time',
    description: 'Puts what was made of each step back into a sequence.',
    params: {},
    ports: { x: 'one sample for each step', like: 'sequence that it was', y: 'sequence' },
    aliases: ['time distributed', 'timedistributed', 'per step', 'every frame', 'unflatten time'],
  },
  params: z.object({}),
  ports: { inputs: [tensorPort('x'), tensorPort('like')], outputs: [tensorPort()] },
  infer({ inputs: { x, like } }) {
    if (!x || !like) return { outputs: {} };
    const [batch, steps] = like.shape;
    if (batch === undefined || steps === undefined) {
      const data = { expected: 'B×T×…', received: formatShape(like.shape) };
      return { problem: { code: 'needs-sequence-input', port: 'like', data } };
    }
    const [rows, ...rest] = x.shape;
    const folded = foldSteps(batch, steps);
    if (rows !== folded) {
      const data = { expected: formatShape([folded, ...rest]), received: formatShape(x.shape) };
      return { problem: { code: 'shapes-differ', port: 'x', data } };
    }
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape: [batch, steps, ...rest] } } };
  },
  forward({ ctx: { ops }, inputs }) {
    const x = required(inputs.x, 'batch-to-time: x');
    const [batch = 1, steps = 1] = required(inputs.like, 'batch-to-time: like').shape;
    return { y: ops.reshape(x, [batch, steps, ...x.shape.slice(1)]) };
  },
  summary: () => ['samples become steps'],
  lesson: {
    summary:
      'The other half of Time to batch: after a network has looked at every frame by itself, this lays the answers out in time again. It takes the sequence from before to know how many steps there were; its values are not looked at.',
    formula: 'y[b, t] = x[b·T + t]',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: () => ({ call: '{x}.unflatten(0, {like}.shape[:2])' }),
    keras: () => ({ call: 'ops.reshape({x}, (*{like}.shape[:2], *{x}.shape[1:]))' }),
  },
  examples: [
    {
      name: 'a row for each frame',
      inputs: {
        x: { type: 'tensor', dtype: 'float32', shape: [6, 4] },
        like: { type: 'tensor', dtype: 'float32', shape: [2, 3, 2, 2, 1] },
      },
      params: {},
      outputs: { y: [2, 3, 4] },
      parameterCount: 0,
    },
    {
      name: 'one number for each token',
      inputs: {
        x: { type: 'tensor', dtype: 'float32', shape: [10] },
        like: { type: 'tensor', dtype: 'int32', shape: [2, 5] },
      },
      params: {},
      outputs: { y: [2, 5] },
    },
  ],
});
