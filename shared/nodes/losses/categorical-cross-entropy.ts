import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss, type NodeProblem } from '../defineNode.ts';
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
import { references } from '../references.ts';
import { required } from '../required.ts';

/**
 * Mean of −Σₖ tₖ·log softmax(logits)ₖ over samples: logits and target probabilities `[…, K]` of one shape.
 * Bishop 2006, ch. 4.3; torch.nn.CrossEntropyLoss with probabilities.
 */
export const categoricalCrossEntropy = defineLoss({
  kind: 'categorical-cross-entropy',
  category: 'loss',
  icon: 'chart-spline',
  text: {
    title: 'Softmax CE of shares',
    description: 'How far the class probabilities are from given ones.',
    params: {},
    ports: { logits: 'logits', target: 'probabilities', weights: WEIGHTS_TEXT, loss: 'loss' },
    aliases: [
      'cross entropy',
      'soft labels',
      'soft targets',
      'one-hot',
      'distillation',
      'mixup',
      'categorical',
    ],
  },
  params: z.object({}),
  ports: { inputs: [floatPort('logits'), floatPort('target'), weightsPort], outputs: [lossPort] },
  prediction: { port: 'logits', target: 'target', activation: 'softmax' },
  infer({ inputs: { logits, target, weights } }) {
    if (!logits || !target) return { outputs: {} };
    const rows = logits.shape.slice(0, -1);
    if (!sameShape(logits.shape, target.shape) || rows.length === 0) {
      const expected = target.shape.length > 1 ? formatShape(target.shape) : 'B×…×classes';
      const data = { expected, received: formatShape(logits.shape) };
      return { problem: { code: 'shapes-differ', port: 'logits', data }, outputs: lossOutput };
    }
    const problem = checkWeights(weights, rows);
    if (problem) return { problem, outputs: lossOutput };
    const twice: NodeProblem = {
      code: 'softmax-twice',
      port: 'logits',
      data: {},
      severity: 'warning',
      fix: { kind: 'set-param', nodeId: '', param: 'activation', value: 'linear' },
    };
    return { outputs: lossOutput, warnings: logits.meaning?.kind === 'probabilities' ? [twice] : [] };
  },
  flops: ({ inputs: { logits } }) => 7 * numbersOf(logits),
  forward({ ctx: { ops }, inputs }) {
    const logits = required(inputs.logits, 'categorical-cross-entropy: logits');
    const target = required(inputs.target, 'categorical-cross-entropy: target');
    const losses = ops.neg(ops.sum(ops.mul(ops.logSoftmax(logits), target), [logits.shape.length - 1]));
    return { loss: weightedMean(ops, losses, inputs.weights) };
  },
  summary: () => ['mean over all samples'],
  lesson: {
    summary:
      'The softmax loss for answers that are not one class but shares of several: two mixed images with the shares of both labels, the doubts of a larger network that a smaller one learns from, or votes of several people. With a single 1 in the target it is the ordinary one.',
    formula: 'L = −Σₖ tₖ·log softmax(x)ₖ',
    references: [
      references.bishop,
      {
        title: 'Hinton, Vinyals and Dean 2015: Distilling the knowledge in a neural network',
        url: 'https://arxiv.org/abs/1503.02531',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { logits, weights } }) => ({
      call: torchMean(
        'F.cross_entropy({logits}.movedim(-1, 1), {target}.movedim(-1, 1), reduction="none")',
        (logits?.shape.length ?? 2) - 1,
        weights,
      ),
    }),
    keras: ({ inputs: { logits, weights } }) => ({
      call: kerasMean(
        '-ops.sum({target} * ops.log_softmax({logits}, axis=-1), axis=-1)',
        (logits?.shape.length ?? 2) - 1,
        weights,
      ),
    }),
  },
  examples: [
    {
      name: 'shares of five classes',
      inputs: { logits: float32([4, 5]), target: float32([4, 5]) },
      ranges: { target: [0, 0.4] },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'tokens with a mask',
      inputs: { logits: float32([2, 3, 4]), target: float32([2, 3, 4]), weights: float32([2, 3]) },
      ranges: { target: [0, 0.5], weights: [0, 1] },
      params: {},
      outputs: { loss: [] },
    },
  ],
});
