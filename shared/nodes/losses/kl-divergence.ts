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

const SMALLEST = 1e-7;

/**
 * Mean of Σₖ tₖ·(log tₖ − log pₖ) over samples: target probabilities t and the prediction p along the
 * last axis. Kullback and Leibler 1951.
 */
export const klDivergence = defineLoss({
  kind: 'kl-divergence',
  category: 'loss',
  icon: 'chart-spline',
  text: {
    title: 'KL divergence',
    description: 'How far predicted probabilities are from given ones.',
    params: {
      input: {
        label: 'Prediction is',
        options: {
          logits: 'Logits',
          'log-probabilities': 'Log-probabilities',
          probabilities: 'Probabilities',
        },
      },
    },
    ports: { prediction: 'prediction', target: 'probabilities', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['kullback leibler', 'distillation', 'relative entropy', 'distribution'],
  },
  params: z.object({ input: z.enum(['logits', 'log-probabilities', 'probabilities']).default('logits') }),
  ports: { inputs: [floatPort('prediction'), floatPort('target'), weightsPort], outputs: [lossPort] },
  prediction: {
    port: 'prediction',
    target: 'target',
    activation: ({ input }) => (input === 'probabilities' ? 'linear' : 'softmax'),
  },
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
  flops: ({ inputs: { prediction } }) => 6 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs, params: { input } }) {
    const x = required(inputs.prediction, 'kl-divergence: prediction');
    const target = required(inputs.target, 'kl-divergence: target');
    const logs = {
      logits: () => ops.logSoftmax(x),
      'log-probabilities': () => x,
      probabilities: () => ops.log(ops.clip(x, SMALLEST, 1)),
    };
    const difference = ops.sub(ops.log(ops.clip(target, SMALLEST, 1)), logs[input]());
    return {
      loss: weightedMean(ops, ops.sum(ops.mul(target, difference), [x.shape.length - 1]), inputs.weights),
    };
  },
  summary: ({ input }) => [`from ${input}`],
  lesson: {
    summary:
      'Measures how many nats are lost when the prediction stands for the target. It is zero only where both agree, and it is not symmetric: giving no probability to what the target holds likely costs most. A small net learns from a large one’s probabilities with it.',
    formula: 'L = Σₖ tₖ·(log tₖ − log pₖ)',
    references: [
      {
        title: 'Kullback and Leibler 1951: On information and sufficiency',
        url: 'https://doi.org/10.1214/aoms/1177729694',
      },
      {
        title: 'Hinton, Vinyals and Dean 2015: Distilling the knowledge in a neural network',
        url: 'https://arxiv.org/abs/1503.02531',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { prediction, weights }, params: { input } }) => {
      const logs = {
        logits: 'F.log_softmax({prediction}, dim=-1)',
        'log-probabilities': '{prediction}',
        probabilities: '{prediction}.log()',
      };
      return {
        call: torchMean(
          `F.kl_div(${logs[input]}, {target}, reduction="none").sum(-1)`,
          (prediction?.shape.length ?? 1) - 1,
          weights,
        ),
      };
    },
    keras: ({ inputs: { prediction, weights }, params: { input } }) => {
      const logs = {
        logits: 'ops.log_softmax({prediction}, axis=-1)',
        'log-probabilities': '{prediction}',
        probabilities: 'ops.log({prediction})',
      };
      return {
        call: kerasMean(
          `ops.sum({target} * (ops.log({target}) - ${logs[input]}), axis=-1)`,
          (prediction?.shape.length ?? 1) - 1,
          weights,
        ),
      };
    },
  },
  examples: [
    {
      name: 'logits',
      inputs: { prediction: float32([4, 5]), target: float32([4, 5]) },
      ranges: { target: [0.1, 0.3] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'log-probabilities of a sequence, with a mask',
      inputs: { prediction: float32([2, 3, 4]), target: float32([2, 3, 4]), weights: float32([2, 3]) },
      ranges: { target: [0.1, 0.4], prediction: [-2, -0.1], weights: [0, 1] },
      params: { input: 'log-probabilities' },
      outputs: { loss: [] },
    },
    {
      name: 'probabilities',
      inputs: { prediction: float32([3, 2]), target: float32([3, 2]) },
      ranges: { target: [0.2, 0.8], prediction: [0.2, 0.8] },
      params: { input: 'probabilities' },
      outputs: { loss: [] },
    },
  ],
});
