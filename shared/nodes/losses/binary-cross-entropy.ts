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
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Keeps the logarithm of a probability finite. */
const SMALLEST = 1e-7;

/**
 * Mean of −t·log p − (1 − t)·log(1 − p) over all numbers, p = sigmoid(logit) or given. Several
 * classes may hold at once. Bishop 2006, ch. 4.3; torch.nn.BCEWithLogitsLoss.
 */
export const binaryCrossEntropy = defineLoss({
  kind: 'binary-cross-entropy',
  category: 'loss',
  icon: 'toggle-left',
  text: {
    title: 'Binary CE',
    description: 'How far the probabilities of yes are from yes and no.',
    params: {
      input: { label: 'Prediction is', options: { logits: 'Logits', probabilities: 'Probabilities' } },
      positiveWeight: { label: 'Weight of yes', help: 'Above 1 where yes is rare.' },
    },
    ports: { prediction: 'prediction', target: 'target', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['bce', 'log loss', 'sigmoid cross entropy', 'multi-label', 'logistic'],
  },
  params: z.object({
    input: z.enum(['logits', 'probabilities']).default('logits'),
    positiveWeight: z.number().min(0.001).max(1000).default(1),
  }),
  ports: { inputs: [floatPort('prediction'), numberPort('target'), weightsPort], outputs: [lossPort] },
  prediction: {
    port: 'prediction',
    target: 'target',
    activation: ({ input }) => (input === 'logits' ? 'sigmoid' : 'linear'),
  },
  infer: ({ inputs: { prediction, target, weights } }) => inferAlike(prediction, target, weights),
  flops: ({ inputs: { prediction } }) => 6 * numbersOf(prediction),
  forward({ ctx: { ops }, inputs, params: { input, positiveWeight } }) {
    const x = required(inputs.prediction, 'binary-cross-entropy: prediction');
    const yes = targetLike(ops, x, required(inputs.target, 'binary-cross-entropy: target'));
    if (input === 'logits') {
      const losses = ops.sigmoidCrossEntropy(x, yes, positiveWeight);
      return { loss: weightedMean(ops, losses, inputs.weights) };
    }
    const no = ops.sub(ops.scalar(1), yes);
    const weighted = positiveWeight === 1 ? yes : ops.mul(yes, ops.scalar(positiveWeight));
    const p = ops.clip(x, SMALLEST, 1 - SMALLEST);
    const losses = ops.add(ops.mul(weighted, ops.log(p)), ops.mul(no, ops.log(ops.sub(ops.scalar(1), p))));
    return { loss: weightedMean(ops, ops.neg(losses), inputs.weights) };
  },
  summary: ({ input, positiveWeight }) => [
    `from ${input}`,
    ...(positiveWeight === 1 ? [] : [`yes counts ${positiveWeight}×`]),
  ],
  lesson: {
    summary:
      'Judges questions answered by yes or no, each by itself: is it a cat, is there a dog. The loss of a confident wrong answer grows without bound. Give it logits, not probabilities: the sigmoid and the logarithm together stay exact where each alone would not.',
    formula: 'L = −t·log σ(x) − (1 − t)·log(1 − σ(x))',
    references: [references.bishop, references.deepLearningBook],
  },
  sources: {
    pytorch: ({ inputs: { prediction, weights }, params: { input, positiveWeight } }) => {
      const rank = prediction?.shape.length ?? 1;
      return {
        call: torchMean(
          input === 'logits'
            ? `F.binary_cross_entropy_with_logits({prediction}, ${torchTarget()}, pos_weight=torch.tensor(float(${positiveWeight})), reduction="none")`
            : `(lambda p, t: -(${positiveWeight} * t * p.log() + (1 - t) * (1 - p).log()))({prediction}, ${torchTarget()})`,
          rank,
          weights,
        ),
      };
    },
    keras: ({ inputs: { prediction, weights }, params: { input, positiveWeight } }) => {
      const losses =
        input === 'logits'
          ? `(lambda x, t: ${positiveWeight} * t * ops.softplus(-x) + (1 - t) * ops.softplus(x))({prediction}, ${kerasTarget()})`
          : `(lambda p, t: -(${positiveWeight} * t * ops.log(p) + (1 - t) * ops.log(1 - p)))({prediction}, ${kerasTarget()})`;
      return { call: kerasMean(losses, prediction?.shape.length ?? 1, weights) };
    },
  },
  examples: [
    {
      name: 'one answer a sample',
      inputs: { prediction: float32([5, 1]), target: int32([5]) },
      ranges: { prediction: [-3, 3] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'several labels, yes is rare, a mask',
      inputs: { prediction: float32([3, 4]), target: float32([3, 4]), weights: float32([3]) },
      ranges: { target: [0, 1], weights: [0, 1] },
      params: { positiveWeight: 2.5 },
      outputs: { loss: [] },
    },
    {
      name: 'probabilities of pixels',
      inputs: { prediction: float32([2, 3, 3, 1]), target: float32([2, 3, 3, 1]) },
      ranges: { prediction: [0.1, 0.9], target: [0, 1] },
      params: { input: 'probabilities' },
      outputs: { loss: [] },
    },
  ],
});
