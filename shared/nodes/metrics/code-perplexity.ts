import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { defineMetric } from '../defineNode.ts';
import { checkWeights, torchWeights, WEIGHTS_TEXT, weightsPort } from '../lossParts.ts';
import { weightsLike } from '../metricParts.ts';
import { sumList } from '../metricSums.ts';
import { indexPort } from '../ports.ts';
import { required } from '../required.ts';

/** e to the entropy of how often each code is used: codes int32 `[B, …]` below `entries`, weights or a mask. */
export const codePerplexity = defineMetric({
  kind: 'code-perplexity',
  category: 'metric',
  icon: 'chart-bar',
  text: {
    title: 'Codes in use',
    description: 'Among how many equally frequent codes a quantiser chooses.',
    params: { entries: { label: 'Entries', help: 'Rows of the codebook.' } },
    ports: { codes: 'codes', weights: WEIGHTS_TEXT },
    aliases: ['codebook', 'perplexity', 'vq-vae', 'collapse', 'usage'],
  },
  params: z.object({ entries: z.int().min(2).max(65_536).default(128) }),
  ports: { inputs: [indexPort('codes'), weightsPort], outputs: [] },
  metricKey: 'codePerplexity',
  format: 'number',
  better: 'higher',
  infer({ inputs: { codes, weights } }) {
    const problem = codes && checkWeights(weights, codes.shape);
    return problem ? { problem } : { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs, params: { entries } }) {
    const codes = required(inputs.codes, 'code-perplexity: codes');
    const weights = ops.reshape(weightsLike(ops, inputs.weights, codes.shape), [-1, 1]);
    const taken = ops.oneHot(ops.reshape(codes, [-1]), entries);
    return { counts: ops.sum(ops.mul(taken, weights), [0]) };
  },
  finish(sums) {
    const counts = sumList(sums, 'counts');
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return 0;
    const nats = counts.reduce((sum, count) => {
      const share = count / total;
      return share > 0 ? sum - share * Math.log(share) : sum;
    }, 0);
    return Math.exp(nats);
  },
  summary: ({ entries }) => [`of ${entries} entries`],
  lesson: {
    summary:
      'A codebook of 64 signs of which three are used holds hardly anything: that is codebook collapse. This is the number of signs that would tell as much if all were equally frequent; it is at most the number of entries.',
    formula: 'exp( −Σ pₖ·ln pₖ )',
    references: [
      {
        title: 'van den Oord, Vinyals and Kavukcuoglu 2017: Neural discrete representation learning',
        url: 'https://arxiv.org/abs/1711.00937',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { codes, weights }, params: { entries } }) => {
      const weighed = torchWeights('{codes}', codes?.shape.length ?? 1, weights);
      return {
        call: `(lambda p: torch.special.entr(p / p.sum().clamp(min=1e-30)).sum().exp() * (p.sum() > 0))(torch.bincount({codes}.flatten(), ${weighed}.flatten(), minlength=${entries}))`,
      };
    },
  },
  examples: [
    {
      name: 'latent images',
      inputs: { codes: int32([3, 2, 2]), weights: float32([3, 2, 2]) },
      ranges: { codes: [0, 4], weights: [0, 1] },
      params: { entries: 4 },
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'one code a sample',
      inputs: { codes: int32([6]), weights: float32([6]) },
      ranges: { codes: [0, 3], weights: [0, 1] },
      params: { entries: 3 },
      outputs: {},
    },
  ],
});
