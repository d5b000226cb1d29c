import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { broadcastList, numbersOf, singleValue } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';

/**
 * Sum of two or more tensors, as in a residual connection (He et al. 2016). Shapes must agree, or
 * stretch to agree: an axis of size 1 or a missing leading axis fits every size.
 */
export const add = defineLayer({
  kind: 'add',
  category: 'operation',
  icon: 'plus',
  text: {
    title: 'Add',
    description: 'Adds tensors number by number.',
    params: {},
    ports: { values: 'tensors', y: 'tensor' },
    aliases: ['sum', 'residual', 'skip', 'plus'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('values', { multiple: true })], outputs: [tensorPort()] },
  infer({ lists: { values = [] } }) {
    if (values.length === 0) return { outputs: {} };
    const common = broadcastList(values);
    if ('problem' in common) return { ...common, outputs: { y: float32(values[0]?.shape ?? []) } };
    return { outputs: { y: float32(common.shape) }, warnings: singleValue(values.length) };
  },
  flops: ({ lists: { values = [] }, outputs: { y } }) => Math.max(0, values.length - 1) * numbersOf(y),
  forward({ ctx: { ops }, lists: { values = [] } }) {
    const [first, ...rest] = values;
    if (!first) throw new Error('add: no values');
    return { y: rest.reduce((sum, value) => ops.add(sum, value), first) };
  },
  summary: () => [],
  lesson: {
    summary:
      'Adds its inputs number by number. A residual connection adds a layer’s input to its output, so that the layer only has to learn the difference and gradients pass unhindered. Sizes of 1 are stretched to fit.',
    formula: 'y = x₁ + x₂ + …',
    references: [
      {
        title: 'He et al. 2016: Deep residual learning for image recognition',
        url: 'https://arxiv.org/abs/1512.03385',
      },
      references.broadcasting,
    ],
  },
  sources: {
    pytorch: () => ({ call: 'sum({values})' }),
    keras: () => ({ call: 'sum({values})' }),
  },
  examples: [
    {
      name: 'two images',
      inputs: { values: [float32([2, 4, 4, 3]), float32([2, 4, 4, 3])] },
      params: {},
      outputs: { y: [2, 4, 4, 3] },
      parameterCount: 0,
    },
    {
      name: 'three rows of features',
      inputs: { values: [float32([3, 5]), float32([3, 5]), float32([3, 5])] },
      params: {},
      outputs: { y: [3, 5] },
    },
    {
      name: 'positions for every sample',
      inputs: { values: [float32([2, 3, 4]), float32([3, 4]), float32([2, 1, 1])] },
      params: {},
      outputs: { y: [2, 3, 4] },
    },
  ],
});
