import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import {
  inferAlike,
  kerasMean,
  kerasTarget,
  targetLike,
  torchMean,
  torchTarget,
  WEIGHTS_TEXT,
  weightedMean,
  weightsPort,
} from '../lossParts.ts';
import { floatPort, lossPort, numberPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Mean of max(0, 1 − s·x), s = 1 for a target above ½ and −1 otherwise, so that 0/1 and ±1 both do;
 * optionally squared. Cortes and Vapnik 1995.
 */
export const hinge = defineLoss({
  kind: 'hinge',
  category: 'loss',
  icon: 'door-open',
  text: {
    title: 'Hinge',
    description: 'Wants scores of yes above 1 and of no below −1.',
    params: { squared: { label: 'Squared' } },
    ports: { prediction: 'score', target: 'target', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['svm', 'support vector machine', 'margin', 'max margin'],
  },
  params: z.object({ squared: z.boolean().default(false) }),
  ports: { inputs: [floatPort('prediction'), numberPort('target'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'prediction', target: 'target', activation: 'linear' },
  infer: ({ inputs: { prediction, target, weights } }) => inferAlike(prediction, target, weights),
  flops: ({ inputs: { prediction } }) => 3 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.prediction, 'hinge: prediction');
    const target = targetLike(ops, x, required(inputs.target, 'hinge: target'));
    const yes = ops.cast(ops.greater(target, ops.scalar(0.5)), 'float32');
    const side = ops.sub(ops.mul(yes, ops.scalar(2)), ops.scalar(1));
    const short = ops.relu(ops.sub(ops.scalar(1), ops.mul(side, x)));
    return { loss: weightedMean(ops, params.squared ? ops.square(short) : short, inputs.weights) };
  },
  summary: ({ squared }) => [squared ? 'squared' : 'straight'],
  lesson: {
    summary:
      'Asks only for enough: once a score is on the right side by a margin of 1 it costs nothing and gives no gradient. A linear layer with this loss and weight decay is a support vector machine. Scores are no probabilities.',
    formula: 'L = mean max(0, 1 − s·x),  s = ±1',
    references: [
      { title: 'Cortes and Vapnik 1995: Support-vector networks', url: 'https://doi.org/10.1007/BF00994018' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { prediction, weights }, params }) => ({
      call: torchMean(
        `F.relu(1 - (2.0 * (${torchTarget()} > 0.5) - 1) * {prediction}).pow(${params.squared ? 2 : 1})`,
        prediction?.shape.length ?? 1,
        weights,
      ),
    }),
    keras: ({ inputs: { prediction, weights }, params }) => ({
      call: kerasMean(
        `ops.relu(1 - (2.0 * ops.cast(${kerasTarget()} > 0.5, "float32") - 1) * {prediction})${params.squared ? ' ** 2' : ''}`,
        prediction?.shape.length ?? 1,
        weights,
      ),
    }),
  },
  examples: [
    {
      name: 'yes and no',
      inputs: { prediction: float32([6, 1]), target: int32([6]) },
      ranges: { prediction: [-2, 2] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'squared, with weights',
      inputs: { prediction: float32([4, 3]), target: float32([4, 3]), weights: float32([4]) },
      ranges: { weights: [0, 1], prediction: [-2, 2] },
      params: { squared: true },
      outputs: { loss: [] },
    },
  ],
});
