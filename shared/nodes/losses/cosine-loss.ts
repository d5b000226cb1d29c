import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import {
  checkWeights,
  kerasMean,
  lossOutput,
  torchMean,
  WEIGHTS_TEXT,
  weightedMean,
  weightsPort,
} from '../lossParts.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';
import { unitVectors } from '../vectors.ts';

/** Mean of 1 − cos(prediction, target) along the last axis: 0 for one direction, 2 for opposite ones. */
export const cosineLoss = defineLoss({
  kind: 'cosine-loss',
  category: 'loss',
  icon: 'compass',
  text: {
    title: 'Cosine',
    description: 'How far vectors point in different directions.',
    params: {},
    ports: { prediction: 'vectors', target: 'vectors', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['cosine similarity', 'angle', 'direction', 'embedding'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('prediction'), floatPort('target'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'prediction', target: 'target', activation: 'linear' },
  infer({ inputs: { prediction, target, weights } }) {
    if (!prediction || !target) return { outputs: {} };
    if (!sameShape(prediction.shape, target.shape) || target.shape.length === 0) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'prediction',
          data: { expected: formatShape(target.shape), received: formatShape(prediction.shape) },
        },
        outputs: lossOutput,
      };
    }
    const problem = checkWeights(weights, prediction.shape.slice(0, -1));
    return problem ? { problem, outputs: lossOutput } : { outputs: lossOutput };
  },
  flops: ({ inputs: { prediction } }) => 8 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs }) {
    const a = unitVectors(ops, required(inputs.prediction, 'cosine-loss: prediction'));
    const b = unitVectors(ops, required(inputs.target, 'cosine-loss: target'));
    const cosine = ops.sum(ops.mul(a, b), [a.shape.length - 1]);
    return { loss: weightedMean(ops, ops.sub(ops.scalar(1), cosine), inputs.weights) };
  },
  summary: () => ['1 − cosine'],
  lesson: {
    summary:
      'Compares directions and leaves lengths alone, which is what matters for embeddings. The gradient is at right angles to the vector, so training with it alone lets lengths grow slowly.',
    formula: 'L = 1 − x·t / (‖x‖·‖t‖)',
    references: [
      { title: 'Grill et al. 2020: Bootstrap your own latent', url: 'https://arxiv.org/abs/2006.07733' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { prediction, weights } }) => ({
      call: torchMean(
        '(1 - F.cosine_similarity({prediction}, {target}, dim=-1))',
        (prediction?.shape.length ?? 1) - 1,
        weights,
      ),
    }),
    keras: ({ inputs: { prediction, weights } }) => ({
      call: kerasMean(
        '(1 + keras.losses.cosine_similarity({target}, {prediction}, axis=-1))',
        (prediction?.shape.length ?? 1) - 1,
        weights,
      ),
    }),
  },
  examples: [
    {
      name: 'vectors',
      inputs: { prediction: float32([4, 5]), target: float32([4, 5]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'a sequence, with a mask',
      inputs: { prediction: float32([2, 3, 4]), target: float32([2, 3, 4]), weights: float32([2, 3]) },
      ranges: { weights: [0, 1] },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
