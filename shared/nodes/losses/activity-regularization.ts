import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/** l1·Σ|x| + l2·Σx² of each sample, mean over the batch: keras.layers.ActivityRegularization. */
export const activityRegularization = defineLoss({
  kind: 'activity-regularization',
  category: 'loss',
  icon: 'feather',
  text: {
    title: 'Activity penalty',
    description: 'Wants a layer’s output small or sparse.',
    params: {
      l1: { label: 'L1', help: 'Times the sum of the distances from zero: makes many exactly zero.' },
      l2: { label: 'L2', help: 'Times the sum of the squares: makes all small.' },
    },
    ports: { x: 'tensor', loss: 'loss' },
    aliases: ['l1', 'l2', 'regularisation', 'sparsity', 'penalty', 'sparse auto-encoder', 'overfitting'],
  },
  params: z.object({
    l1: z.number().min(0).max(1e6).default(0.01),
    l2: z.number().min(0).max(1e6).default(0),
  }),
  ports: { inputs: [floatPort()], outputs: [lossPort] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? lossOutput : {} }),
  flops: ({ inputs: { x } }) => 4 * numbersOf(x),
  forward({ ctx: { ops }, inputs, params: { l1, l2 } }) {
    const x = required(inputs.x, 'activity-regularization: x');
    const batch = x.shape[0] ?? 1;
    return {
      loss: ops.add(
        ops.mul(ops.sum(ops.abs(x)), ops.scalar(l1 / batch)),
        ops.mul(ops.sum(ops.square(x)), ops.scalar(l2 / batch)),
      ),
    };
  },
  summary: ({ l1, l2 }) => [`L1 ${l1} · L2 ${l2}`],
  lesson: {
    summary:
      'Costs whatever a layer says, so that it says only what pays: with L1 most units stay silent, and a few speak for each sample. Add it to the main loss with a weighted sum. Weight decay, by contrast, costs weights and is a setting of the optimiser.',
    formula: 'L = l₁·Σ|x| + l₂·Σx²',
    references: [
      {
        title: 'Olshausen and Field 1996: Emergence of simple-cell receptive field properties',
        url: 'https://doi.org/10.1038/381607a0',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { l1, l2 } }) => ({
      call: `(${l1} * {x}.abs().sum() + ${l2} * ({x} ** 2).sum()) / len({x})`,
    }),
    keras: ({ params: { l1, l2 } }) => ({
      call: `(${l1} * ops.sum(ops.abs({x})) + ${l2} * ops.sum({x} ** 2)) / {x}.shape[0]`,
    }),
  },
  examples: [
    { name: 'sparse', inputs: { x: float32([3, 5]) }, params: {}, outputs: { loss: [] }, parameterCount: 0 },
    {
      name: 'both',
      inputs: { x: float32([2, 3, 3, 2]) },
      params: { l1: 0.1, l2: 0.5 },
      outputs: { loss: [] },
    },
  ],
});
