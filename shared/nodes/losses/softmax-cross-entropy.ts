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
import { defineLoss, type NodeProblem } from '../defineNode.ts';
import { checkWeights, lossOutput, WEIGHTS_TEXT, weightedMean, weightsPort } from '../lossParts.ts';
import { floatPort, indexPort, lossPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/**
 * Mean of −log softmax(logits)[label]: logits `[…, K]`, labels int32 `[…]` in 0…K−1, one for each
 * sample, pixel or token. With label smoothing s the target is (1 − s)·one-hot + s/K (Szegedy et al.
 * 2016). Weights of samples, of places (a mask) and of classes give a weighted mean.
 * Bishop 2006, ch. 4.3; torch.nn.CrossEntropyLoss.
 */
export const softmaxCrossEntropy = defineLoss({
  kind: 'softmax-cross-entropy',
  category: 'loss',
  icon: 'trending-down',
  text: {
    title: 'Softmax CE',
    description: 'How far the class probabilities are from the right class.',
    params: {
      labelSmoothing: {
        label: 'Label smoothing',
        help: 'Share of the target that is spread over all classes.',
      },
      classWeights: classWeightsText,
    },
    ports: { logits: 'logits', labels: 'labels', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: ['cross entropy', 'classification', 'log loss', 'nll', 'sparse categorical'],
  },
  params: z.object({
    labelSmoothing: z.number().min(0).max(0.5).default(0).meta({ step: 0.05 }),
    classWeights: classWeightsParam,
  }),
  ports: { inputs: [floatPort('logits'), indexPort('labels'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'logits', target: 'labels', activation: 'softmax' },
  infer({ inputs: { logits, labels, weights }, params, nodeId }) {
    if (!logits || !labels) return { outputs: {} };
    const problem =
      checkClasses(logits, labels, { scores: 'logits', labels: 'labels' }) ??
      checkWeights(weights, labels.shape) ??
      checkClassWeights(params.classWeights, Number(logits.shape.at(-1)), nodeId);
    if (problem) return { problem, outputs: lossOutput };
    const warnings: NodeProblem[] = [];
    if (logits.meaning?.kind === 'probabilities') {
      warnings.push({
        code: 'softmax-twice',
        port: 'logits',
        data: {},
        severity: 'warning',
        fix: { kind: 'set-param', nodeId: '', param: 'activation', value: 'linear' },
      });
    }
    return { outputs: lossOutput, warnings };
  },
  flops: ({ inputs: { logits } }) => 5 * numbersOf(logits),
  forward({ ctx: { ops }, inputs, params: { labelSmoothing: smoothing, classWeights } }) {
    const logits = required(inputs.logits, 'softmax-cross-entropy: logits');
    const labels = required(inputs.labels, 'softmax-cross-entropy: labels');
    const classes = logits.shape.at(-1) ?? 1;
    const rows = logits.shape.length === 2 ? logits : ops.reshape(logits, [labels.size, classes]);
    const flat = labels.shape.length === 1 ? labels : ops.reshape(labels, [labels.size]);
    const sharp = ops.sparseSoftmaxCrossEntropy(rows, flat);
    // The mean over classes is the uniform target's cross-entropy.
    const losses =
      smoothing === 0
        ? sharp
        : ops.add(
            ops.mul(sharp, ops.scalar(1 - smoothing)),
            ops.mul(ops.mean(ops.logSoftmax(rows), [1]), ops.scalar(-smoothing)),
          );
    const weights = totalWeights(ops, labels, inputs.weights, classWeights);
    if (!weights) return { loss: ops.mean(losses) };
    return { loss: weightedMean(ops, ops.reshape(losses, labels.shape), weights) };
  },
  summary: ({ labelSmoothing, classWeights }) => [
    labelSmoothing === 0 ? 'mean over all labels' : `smoothing ${labelSmoothing}`,
    ...(classWeights.length === 0 ? [] : ['classes weighted']),
  ],
  lesson: {
    summary:
      'The loss is how surprised the network is by the right class, in nats: 0 when it was sure of it, log K when it guesses among K. It takes logits, since softmax and logarithm together are exact where each alone would overflow. Its gradient is simply probabilities minus target.',
    formula: 'L = −log ( e^{x_y} / Σₖ e^{xₖ} )',
    references: [
      references.bishop,
      {
        title: 'Szegedy et al. 2016: Rethinking the Inception architecture (label smoothing)',
        url: 'https://arxiv.org/abs/1512.00567',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { labels, weights }, params: { labelSmoothing, classWeights } }) => ({
      call: torchClassMean(
        `F.cross_entropy({logits}.movedim(-1, 1), {labels}, label_smoothing=${labelSmoothing}, reduction="none")`,
        weights,
        classWeights,
        labels?.shape.length ?? 1,
      ),
    }),
    keras: ({ inputs: { logits, labels, weights }, params: { labelSmoothing, classWeights } }) => ({
      call: kerasClassMean(
        `keras.losses.categorical_crossentropy(ops.one_hot({labels}, ${logits?.shape.at(-1)}), {logits}, from_logits=True, label_smoothing=${labelSmoothing})`,
        weights,
        classWeights,
        labels?.shape.length ?? 1,
      ),
    }),
  },
  examples: [
    {
      name: 'ten classes',
      inputs: { logits: float32([4, 10]), labels: int32([4]) },
      ranges: { labels: [0, 10] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'two classes, label smoothing',
      inputs: { logits: float32([3, 2]), labels: int32([3]) },
      params: { labelSmoothing: 0.1 },
      outputs: { loss: [] },
    },
    {
      name: 'one sample',
      inputs: { logits: float32([1, 5]), labels: int32([1]) },
      ranges: { labels: [0, 5] },
      params: {},
      outputs: { loss: [] },
    },
    {
      name: 'tokens with a mask',
      inputs: { logits: float32([2, 3, 4]), labels: int32([2, 3]), weights: float32([2, 3]) },
      ranges: { labels: [0, 4], weights: [0, 1] },
      params: { labelSmoothing: 0.05 },
      outputs: { loss: [] },
    },
    {
      name: 'pixels, rare classes weighted, weights of images',
      inputs: { logits: float32([2, 3, 2, 3]), labels: int32([2, 3, 2]), weights: float32([2]) },
      ranges: { labels: [0, 3], weights: [0.5, 1] },
      params: { classWeights: [1, 2, 0.5] },
      outputs: { loss: [] },
    },
  ],
});
