import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import {
  checkClasses,
  checkClassWeights,
  classWeightsParam,
  classWeightsText,
  kerasClassMean,
  torchClassMean,
  totalWeights,
} from '../classLosses.ts';
import { defineLoss } from '../defineNode.ts';
import { checkWeights, lossOutput, WEIGHTS_TEXT, weightedMean, weightsPort } from '../lossParts.ts';
import { floatPort, indexPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Cross-entropy times (1 − p)^γ, p the probability of the right class, so that what is easy counts
 * little: logits `[…, K]`, labels `[…]`. Lin et al. 2017 (whose α is the class weights here).
 */
export const focalLoss = defineLoss({
  kind: 'focal-loss',
  category: 'loss',
  icon: 'focus',
  text: {
    title: 'Focal',
    description: 'Cross-entropy in which easy samples count little.',
    params: {
      gamma: { label: 'Gamma', help: 'How much less easy samples count; 0 is plain cross-entropy.' },
      classWeights: classWeightsText,
    },
    ports: { logits: 'logits', labels: 'labels', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['retinanet', 'class imbalance', 'detection', 'hard examples'],
  },
  params: z.object({ gamma: z.number().min(0).max(10).default(2), classWeights: classWeightsParam }),
  ports: { inputs: [floatPort('logits'), indexPort('labels'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'logits', target: 'labels', activation: 'softmax' },
  infer({ inputs: { logits, labels, weights }, params, nodeId }) {
    if (!logits || !labels) return { outputs: {} };
    const problem =
      checkClasses(logits, labels, { scores: 'logits', labels: 'labels' }) ??
      checkWeights(weights, labels.shape) ??
      checkClassWeights(params.classWeights, Number(logits.shape.at(-1)), nodeId);
    return problem ? { problem, outputs: lossOutput } : { outputs: lossOutput };
  },
  flops: ({ inputs: { logits } }) => 8 * numbersOf(logits),
  forward({ ctx: { ops }, inputs, params: { gamma, classWeights } }) {
    const logits = required(inputs.logits, 'focal-loss: logits');
    const labels = required(inputs.labels, 'focal-loss: labels');
    const right = ops.oneHot(labels, logits.shape.at(-1) ?? 1);
    const log = ops.sum(ops.mul(ops.logSoftmax(logits), right), [logits.shape.length - 1]);
    // (1 − p)^γ as an exponential: the power's own gradient is not a number at 0 for small γ.
    const wrong = ops.clip(ops.sub(ops.scalar(1), ops.exp(log)), 1e-7, 1);
    const factor = ops.exp(ops.mul(ops.log(wrong), ops.scalar(gamma)));
    const losses = ops.neg(ops.mul(factor, log));
    return { loss: weightedMean(ops, losses, totalWeights(ops, labels, inputs.weights, classWeights)) };
  },
  summary: ({ gamma, classWeights }) => [
    `gamma ${gamma}`,
    ...(classWeights.length === 0 ? [] : ['classes weighted']),
  ],
  lesson: {
    summary:
      'Where one class is nearly everywhere, as background in detection, the many easy samples drown the few hard ones. Focal loss turns each sample down by how well it is known already: at p = 0.9 and γ = 2 it counts a hundredth.',
    formula: 'L = −(1 − p_y)^γ · log p_y',
    references: [
      {
        title: 'Lin et al. 2017: Focal loss for dense object detection',
        url: 'https://arxiv.org/abs/1708.02002',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { labels, weights }, params: { gamma, classWeights } }) => ({
      call: torchClassMean(
        `(lambda l: (1 - (-l).exp()) ** ${gamma} * l)(F.cross_entropy({logits}.movedim(-1, 1), {labels}, reduction="none"))`,
        weights,
        classWeights,
        labels?.shape.length ?? 1,
      ),
    }),
    keras: ({ inputs: { labels, weights }, params: { gamma, classWeights } }) => ({
      call: kerasClassMean(
        `(lambda l: (1 - ops.exp(-l)) ** ${gamma} * l)(keras.losses.sparse_categorical_crossentropy({labels}, {logits}, from_logits=True))`,
        weights,
        classWeights,
        labels?.shape.length ?? 1,
      ),
    }),
  },
  examples: [
    {
      name: 'three classes',
      inputs: { logits: float32([5, 3]), labels: int32([5]) },
      ranges: { labels: [0, 3], logits: [-2, 2] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'pixels, background weighted down',
      inputs: { logits: float32([2, 2, 3, 2]), labels: int32([2, 2, 3]), weights: float32([2]) },
      ranges: { weights: [0.5, 1] },
      params: { gamma: 1.5, classWeights: [0.25, 0.75] },
      outputs: { loss: [] },
    },
  ],
});
