import { z } from 'zod';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import {
  alikeExamples,
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
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Mean of |prediction − target| over all numbers. Laplace 1793; torch.nn.L1Loss. */
export const meanAbsoluteError = defineLoss({
  kind: 'mean-absolute-error',
  category: 'loss',
  icon: 'trending-down',
  text: {
    title: 'MAE',
    description: 'Mean of the distances between prediction and target.',
    params: {},
    ports: { prediction: 'prediction', target: 'target', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['mean absolute error', 'l1', 'regression', 'robust'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('prediction'), numberPort('target'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'prediction', target: 'target', activation: 'linear' },
  infer: ({ inputs: { prediction, target, weights } }) => inferAlike(prediction, target, weights),
  flops: ({ inputs: { prediction } }) => 2 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs }) {
    const x = required(inputs.prediction, 'mean-absolute-error: prediction');
    const target = targetLike(ops, x, required(inputs.target, 'mean-absolute-error: target'));
    return { loss: weightedMean(ops, ops.abs(ops.sub(x, target)), inputs.weights) };
  },
  summary: () => ['mean over all numbers'],
  lesson: {
    summary:
      'Every unit of distance costs the same, so a few wild targets pull less than with squared errors: the best constant answer is the median. The slope does not shrink near the target, which makes the last steps restless.',
    formula: 'L = mean |x − t|',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ inputs: { prediction, weights } }) => ({
      call: torchMean(`({prediction} - ${torchTarget()}).abs()`, prediction?.shape.length ?? 1, weights),
    }),
    keras: ({ inputs: { prediction, weights } }) => ({
      call: kerasMean(`ops.abs({prediction} - ${kerasTarget()})`, prediction?.shape.length ?? 1, weights),
    }),
  },
  examples: alikeExamples,
});
