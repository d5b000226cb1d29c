import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { broadcastList, numbersOf, singleValue } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';

/**
 * Product of two or more tensors, number by number (Hadamard product); shapes agree or stretch to
 * agree. A gate is a product with numbers between 0 and 1 (Dauphin et al. 2017).
 */
export const multiply = defineLayer({
  kind: 'multiply',
  category: 'operation',
  icon: 'x',
  text: {
    title: 'Multiply',
    description: 'Multiplies tensors number by number.',
    params: {},
    ports: { values: 'tensors', y: 'tensor' },
    aliases: ['product', 'hadamard', 'gate', 'times', 'scale', 'mask'],
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
    if (!first) throw new Error('multiply: no values');
    return { y: rest.reduce((product, value) => ops.mul(product, value), first) };
  },
  summary: () => [],
  lesson: {
    summary:
      'Multiplies its inputs number by number; it is not the matrix product. Multiplying by numbers between 0 and 1 opens or closes the way for the other input: that is a gate, as in LSTM or squeeze-and-excitation.',
    formula: 'y = x₁ ⊙ x₂ ⊙ …',
    references: [
      {
        title: 'Dauphin et al. 2017: Language modeling with gated convolutional networks',
        url: 'https://arxiv.org/abs/1612.08083',
      },
      references.broadcasting,
    ],
  },
  sources: {
    pytorch: ({ lists: { values = [] } }) => ({
      call: `(lambda v: ${values.map((_, index) => `v[${index}]`).join(' * ')})({values})`,
    }),
    keras: ({ lists: { values = [] } }) => ({
      call: `(lambda v: ${values.map((_, index) => `v[${index}]`).join(' * ')})({values})`,
    }),
  },
  examples: [
    {
      name: 'two rows of features',
      inputs: { values: [float32([3, 5]), float32([3, 5])] },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    {
      name: 'a gate for each channel, and a mask',
      inputs: { values: [float32([2, 3, 3, 4]), float32([2, 1, 1, 4]), float32([2, 3, 3, 1])] },
      params: {},
      outputs: { y: [2, 3, 3, 4] },
    },
  ],
});
