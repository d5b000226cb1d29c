import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { foldSteps } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/**
 * Lets what follows see every step by itself: `[B, T, …]` → `[B·T, …]`, the steps of a sample one after the
 * other. With `batch-to-time` after it, what lies between is Keras' TimeDistributed.
 */
export const timeToBatch = defineLayer({
  kind: 'time-to-batch',
  category: 'recurrent',
  icon: 'ungroup',
  text: {
    title: 'Time to batch',
    description: 'Makes each step a sample of its own, so that any layer can work on it.',
    params: {},
    ports: { x: 'sequence', y: 'one sample for each step' },
    aliases: ['time distributed', 'timedistributed', 'per step', 'every frame', 'film', 'flatten time'],
  },
  params: z.object({}),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    const [batch, steps, ...rest] = x.shape;
    if (batch === undefined || steps === undefined) {
      const data = { expected: 'B×T×…', received: formatShape(x.shape) };
      return { problem: { code: 'needs-sequence-input', port: 'x', data } };
    }
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape: [foldSteps(batch, steps), ...rest] } } };
  },
  forward({ ctx: { ops }, inputs }) {
    const x = required(inputs.x, 'time-to-batch: x');
    const [batch = 1, steps = 1, ...rest] = x.shape;
    return { y: ops.reshape(x, [batch * steps, ...rest]) };
  },
  summary: () => ['steps become samples'],
  lesson: {
    summary:
      'Most layers know a batch of samples and nothing of time. A film becomes a batch of frames: a convolution, a pooling, a whole block then works on each frame with the same weights. Batch to time puts the frames back in their places, and a recurrent layer or attention reads them in order.',
    formula: 'y[b·T + t] = x[b, t]',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: () => ({ call: '{x}.flatten(0, 1)' }),
    keras: () => ({ call: 'ops.reshape({x}, (-1, *{x}.shape[2:]))' }),
  },
  examples: [
    {
      name: 'frames of a film',
      inputs: { x: { type: 'tensor', dtype: 'float32', shape: [2, 3, 4, 3, 2] } },
      params: {},
      outputs: { y: [6, 4, 3, 2] },
      parameterCount: 0,
    },
    {
      name: 'tokens',
      inputs: { x: { type: 'tensor', dtype: 'int32', shape: [2, 5] } },
      params: {},
      outputs: { y: [10] },
    },
  ],
});
