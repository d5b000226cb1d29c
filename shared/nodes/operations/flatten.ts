import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { references } from '../references.ts';

/** All axes after the batch become one: `[B, d1, d2, …]` → `[B, d1·d2·…]`, row-major. */
export const flatten = defineLayer({
  kind: 'flatten',
  category: 'shape',
  icon: 'rows-3',
  text: {
    title: 'Flatten',
    description: 'Turns each sample into one row of numbers.',
    params: {},
    ports: { x: 'tensor', y: 'features' },
    aliases: ['reshape', 'vector'],
  },
  params: z.object({}),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    const features = sampleSize(x.shape);
    const batch = x.shape[0];
    if (batch === undefined || features === undefined) {
      return {
        problem: {
          code: 'needs-known-size',
          port: 'x',
          data: { expected: 'B×numbers', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: float32([batch, features]) } };
  },
  forward({ ctx: { ops }, inputs: { x } }) {
    if (!x) throw new Error('flatten: input missing');
    const [batch = 1, ...rest] = x.shape;
    return { y: ops.reshape(x, [batch, rest.reduce((product, dim) => product * dim, 1)]) };
  },
  summary: () => [],
  lesson: {
    summary:
      'Writes all numbers of a sample in one row, the last axis fastest. What stood next to what is forgotten, so it comes at the end of the convolutions; global pooling is a way to need fewer weights after it.',
    formula: '[B, H, W, C] → [B, H·W·C]',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: () => ({ call: '{x}.reshape({x}.shape[0], -1)' }),
    keras: ({ inputs: { x } }) =>
      x && x.shape.length > 1
        ? { module: 'keras.layers.Flatten()', call: '{self}({x})' }
        : { call: 'ops.expand_dims({x}, -1)' },
  },
  examples: [
    {
      name: 'an image',
      inputs: { x: float32([2, 3, 4, 5]) },
      params: {},
      outputs: { y: [2, 60] },
      parameterCount: 0,
    },
    { name: 'already flat', inputs: { x: float32([3, 7]) }, params: {}, outputs: { y: [3, 7] } },
    { name: 'one number a sample', inputs: { x: float32([4]) }, params: {}, outputs: { y: [4, 1] } },
  ],
});
