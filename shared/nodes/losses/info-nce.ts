import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { defineLoss } from '../defineNode.ts';
import { lossOutput } from '../lossParts.ts';
import type { Ops } from '../ops.ts';
import { floatPort, lossPort } from '../ports.ts';
import { required } from '../required.ts';
import { unitVectors } from '../vectors.ts';

/** Added to the score of a vector with itself, so that it is no candidate. */
const HIDDEN = -1e9;

/** `[count, count]` with ones on the diagonal. */
function eye(ops: Ops, count: number) {
  const places = ops.sub(ops.cumulativeSum(ops.ones([count]), 0), ops.scalar(1));
  return ops.oneHot(ops.cast(places, 'int32'), count);
}

/**
 * Each row of a must find its partner, the same row of b, among all rows of the batch, and the other
 * way round: the mean of both cross-entropies of cosines divided by the temperature (van den Oord et
 * al. 2018). With negatives of both views, the other rows of a are candidates as well: NT-Xent (Chen
 * et al. 2020).
 */
export const infoNce = defineLoss({
  kind: 'info-nce',
  category: 'loss',
  icon: 'magnet',
  text: {
    title: 'InfoNCE',
    description: 'Wants each vector to find its partner among all others of the batch.',
    params: {
      temperature: { label: 'Temperature', help: 'Smaller is stricter.' },
      negatives: {
        label: 'Others',
        options: { 'other-view': 'Of the other view', 'both-views': 'Of both views (SimCLR)' },
      },
    },
    ports: { a: 'vectors', b: 'partners', loss: 'loss' },
    aliases: ['contrastive', 'simclr', 'nt-xent', 'clip', 'self-supervised'],
  },
  params: z.object({
    temperature: z.number().min(0.001).max(100).default(0.1).meta({ scale: 'log' }),
    negatives: z.enum(['other-view', 'both-views']).default('other-view'),
  }),
  ports: { inputs: [floatPort('a'), floatPort('b')], outputs: [lossPort] },
  infer({ inputs: { a, b } }) {
    if (!a || !b) return { outputs: {} };
    if (a.shape.length !== 2) {
      return {
        problem: {
          code: 'needs-flat-input',
          port: 'a',
          data: { expected: 'B×N', received: formatShape(a.shape) },
          fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
        },
        outputs: lossOutput,
      };
    }
    if (!sameShape(a.shape, b.shape)) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'b',
          data: { expected: formatShape(a.shape), received: formatShape(b.shape) },
        },
        outputs: lossOutput,
      };
    }
    return { outputs: lossOutput };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const a = unitVectors(ops, required(inputs.a, 'info-nce: a'));
    const b = unitVectors(ops, required(inputs.b, 'info-nce: b'));
    const sharpness = ops.scalar(1 / params.temperature);
    const scores = (left: typeof a, right: typeof a) =>
      ops.mul(ops.matMul(left, ops.transpose(right, [1, 0])), sharpness);
    const partner = ops.mul(ops.sum(ops.mul(a, b), [1]), sharpness);
    const self = ops.mul(eye(ops, a.shape[0] ?? 1), ops.scalar(HIDDEN));
    const across = scores(a, b);
    const candidates = (own: typeof a, others: typeof a) =>
      params.negatives === 'other-view' ? others : ops.concat([others, ops.add(scores(own, own), self)], 1);
    const forth = ops.sub(ops.logSumExp(candidates(a, across), [1]), partner);
    const back = ops.sub(ops.logSumExp(candidates(b, ops.transpose(across, [1, 0])), [1]), partner);
    return { loss: ops.mul(ops.mean(ops.add(forth, back)), ops.scalar(0.5)) };
  },
  summary: ({ temperature, negatives }) => [
    `temperature ${temperature}`,
    negatives === 'both-views' ? 'others of both views' : 'others of the other view',
  ],
  lesson: {
    summary:
      'Learns without labels: two views of the same thing shall be recognised as partners among all pairs of the batch. More others make it harder and better, so it wants large batches; the temperature says how much the hardest ones count.',
    formula: 'L = −log ( e^{cos(a, b)/τ} / Σⱼ e^{cos(a, bⱼ)/τ} )',
    references: [
      {
        title:
          'van den Oord, Li and Vinyals 2018: Representation learning with contrastive predictive coding',
        url: 'https://arxiv.org/abs/1807.03748',
      },
      {
        title: 'Chen et al. 2020: A simple framework for contrastive learning (SimCLR)',
        url: 'https://arxiv.org/abs/2002.05709',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { temperature, negatives } }) => ({
      call:
        negatives === 'other-view'
          ? `(lambda s: (F.cross_entropy(s, torch.arange(len(s))) + F.cross_entropy(s.T, torch.arange(len(s)))) / 2)(F.normalize({a}) @ F.normalize({b}).T / ${temperature})`
          : `(lambda z, n: F.cross_entropy((z @ z.T / ${temperature}).fill_diagonal_(float("-inf")), torch.arange(2 * n).roll(n)))(F.normalize(torch.cat([{a}, {b}])), len({a}))`,
    }),
  },
  examples: [
    {
      name: 'pairs',
      inputs: { a: float32([5, 4]), b: float32([5, 4]) },
      params: { temperature: 0.5 },
      outputs: { loss: [] },
      parameterCount: 0,
    },
    {
      name: 'the rest of an epoch: one pair',
      inputs: { a: float32([1, 3]), b: float32([1, 3]) },
      params: { negatives: 'both-views' },
      outputs: { loss: [] },
    },
    {
      name: 'SimCLR',
      inputs: { a: float32([4, 3]), b: float32([4, 3]) },
      params: { temperature: 0.7, negatives: 'both-views' },
      outputs: { loss: [] },
    },
  ],
});
