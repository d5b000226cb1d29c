import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Mean of max(0, d(anchor, positive) − d(anchor, negative) + margin) with Euclidean distances of
 * vectors `[B, D]`. Schroff, Kalenichenko and Philbin 2015; torch.nn.TripletMarginLoss.
 */
export const triplet = defineLoss({
  kind: 'triplet',
  category: 'loss',
  icon: 'triangle',
  text: {
    title: 'Triplet',
    description: 'Wants alike samples nearer together than unlike ones.',
    params: { margin: { label: 'Margin', help: 'By how much nearer.' } },
    ports: { anchor: 'anchor', positive: 'alike', negative: 'unlike', loss: 'loss' },
    aliases: ['siamese', 'metric learning', 'embedding', 'face recognition', 'contrastive'],
  },
  params: z.object({ margin: z.number().min(0).max(1000).default(1) }),
  ports: {
    inputs: [floatPort('anchor'), floatPort('positive'), floatPort('negative')],
    outputs: [lossPort],
  },
  infer({ inputs: { anchor, positive, negative } }) {
    if (!anchor || !positive || !negative) return { outputs: {} };
    if (anchor.shape.length !== 2) {
      return {
        problem: {
          code: 'needs-flat-input',
          port: 'anchor',
          data: { expected: 'B×N', received: formatShape(anchor.shape) },
          fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
        },
        outputs: lossOutput,
      };
    }
    for (const [port, type] of Object.entries({ positive, negative })) {
      if (!sameShape(type.shape, anchor.shape)) {
        return {
          problem: {
            code: 'shapes-differ',
            port,
            data: { expected: formatShape(anchor.shape), received: formatShape(type.shape) },
          },
          outputs: lossOutput,
        };
      }
    }
    return { outputs: lossOutput };
  },
  flops: ({ inputs: { anchor } }) => 6 * numbersOf(anchor),
  forward({ ctx: { ops }, inputs, params }) {
    const anchor = required(inputs.anchor, 'triplet: anchor');
    // torch adds 1e-6 to each difference, which keeps the root's gradient finite for equal vectors.
    const distance = (other: typeof anchor) => {
      const difference = ops.add(ops.sub(anchor, other), ops.scalar(1e-6));
      return ops.sqrt(ops.sum(ops.square(difference), [1]));
    };
    const near = distance(required(inputs.positive, 'triplet: positive'));
    const far = distance(required(inputs.negative, 'triplet: negative'));
    return { loss: ops.mean(ops.relu(ops.add(ops.sub(near, far), ops.scalar(params.margin)))) };
  },
  summary: ({ margin }) => [`margin ${margin}`],
  lesson: {
    summary:
      'Learns distances instead of classes, so that it also serves classes never seen before. Triplets that already keep the margin give no gradient: training lives on the hard ones, and choosing them is half the art.',
    formula: 'L = max(0, ‖a − p‖ − ‖a − n‖ + m)',
    references: [
      { title: 'Schroff, Kalenichenko and Philbin 2015: FaceNet', url: 'https://arxiv.org/abs/1503.03832' },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({
      call: `F.triplet_margin_loss({anchor}, {positive}, {negative}, margin=${params.margin})`,
    }),
  },
  examples: [
    {
      name: 'vectors',
      inputs: { anchor: float32([4, 3]), positive: float32([4, 3]), negative: float32([4, 3]) },
      params: {},
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'small margin',
      inputs: { anchor: float32([3, 5]), positive: float32([3, 5]), negative: float32([3, 5]) },
      params: { margin: 0.2 },
      outputs: { loss: [] },
    },
  ],
});
