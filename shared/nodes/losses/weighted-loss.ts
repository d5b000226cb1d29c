import { z } from 'zod';
import { defineLoss } from '../defineNode.ts';
import { lossPort } from '../ports.ts';

/** Sum of losses, each times its weight; a wire without a weight counts once. */
export const weightedLoss = defineLoss({
  kind: 'weighted-loss',
  category: 'loss',
  icon: 'scale',
  text: {
    title: 'Weighted sum of losses',
    description: 'Adds losses up, each with a weight.',
    params: { weights: { label: 'Weights', help: 'In the order of the wires; missing ones are 1.' } },
    ports: { losses: 'losses', loss: 'loss' },
    aliases: ['multi-task', 'combine', 'total loss', 'add losses', 'objective'],
  },
  params: z.object({ weights: z.array(z.number().min(-1e9).max(1e9)).max(32).default([]) }),
  ports: { inputs: [{ id: 'losses', type: 'loss', multiple: true }], outputs: [lossPort] },
  infer: () => ({ outputs: { loss: { type: 'loss' } } }),
  forward({ ctx: { ops }, lists: { losses = [] }, params: { weights } }) {
    const [first, ...rest] = losses.map((loss, wire) =>
      weights[wire] === undefined || weights[wire] === 1 ? loss : ops.mul(loss, ops.scalar(weights[wire])),
    );
    if (!first) throw new Error('weighted-loss: no losses');
    return { loss: rest.reduce((sum, loss) => ops.add(sum, loss), first) };
  },
  summary: ({ weights }) => [weights.length === 0 ? 'all weights 1' : `weights ${weights.join(', ')}`],
  lesson: {
    summary:
      'One optimiser follows one number, so several aims become one by adding them up. The weights say how much of one aim is given up for another: style against content, reconstruction against regularity.',
    formula: 'L = w₁·L₁ + w₂·L₂ + …',
    references: [
      {
        title: 'Kendall, Gal and Cipolla 2018: Multi-task learning using uncertainty to weigh losses',
        url: 'https://arxiv.org/abs/1705.07115',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { weights } }) => ({ call: weightedSum(weights) }),
    keras: ({ params: { weights } }) => ({ call: weightedSum(weights) }),
  },
  examples: [
    {
      name: 'plain sum',
      inputs: { losses: [{ type: 'loss' }, { type: 'loss' }] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'three, the last once',
      inputs: { losses: [{ type: 'loss' }, { type: 'loss' }, { type: 'loss' }] },
      params: { weights: [0.5, 10] },
      outputs: { loss: [] },
    },
  ],
});

const weightedSum = (weights: readonly number[]): string =>
  weights.length === 0
    ? 'sum({losses})'
    : `(lambda losses: sum(losses[${weights.length}:])${weights.map((weight, wire) => ` + (${weight} * losses[${wire}] if len(losses) > ${wire} else 0)`).join('')})({losses})`;
