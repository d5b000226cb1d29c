import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, sameShape } from '../../types/shape.ts';
import { needsBatch } from '../axes.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, indexPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Hides tokens for a network to guess (Devlin et al. 2019): of x int32 `[B, T]` each is chosen with
 * probability `rate`; of those 80 % become the mask token, 10 % a random one, 10 % stay. `chosen` is 1 where
 * a token is to be guessed: the weights of the loss. `mask` is 0 where there is padding, which is not chosen.
 */
export const maskTokens = defineLayer({
  kind: 'mask-tokens',
  category: 'generative',
  icon: 'scan-eye',
  text: {
    title: 'Mask tokens',
    description: 'Hides random words of a text, to be guessed from the others.',
    params: {
      rate: { label: 'Rate', help: 'Share of the tokens that are to be guessed.' },
      token: { label: 'Mask token', help: 'Number of the token that stands for a hidden one.' },
    },
    ports: { x: 'tokens', mask: 'mask', y: 'tokens with gaps', chosen: 'what is to be guessed' },
    aliases: ['bert', 'mlm', 'masked language model', 'cloze', 'pre-training'],
  },
  params: z.object({
    rate: z.number().min(0.01).max(0.9).default(0.15).meta({ step: 0.05 }),
    token: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [indexPort('x'), floatPort('mask', { optional: true })],
    outputs: [tensorPort(), tensorPort('chosen')],
  },
  infer({ inputs: { x, mask } }) {
    if (!x) return { outputs: {} };
    const problem = needsBatch(x, 'x');
    if (problem) return { problem };
    if (mask && !sameShape(mask.shape, x.shape)) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'mask',
          data: { expected: formatShape(x.shape), received: formatShape(mask.shape) },
        },
        outputs: { y: x, chosen: float32(x.shape) },
      };
    }
    return { outputs: { y: x, chosen: { ...float32(x.shape), meaning: { kind: 'mask' } } } };
  },
  flops: ({ inputs: { x } }) => 6 * numbersOf(x),
  forward({ ctx: { ops, random }, inputs, params: { rate, token } }) {
    const x = required(inputs.x, 'mask-tokens: x');
    const real = inputs.mask
      ? ops.cast(ops.greater(inputs.mask, ops.scalar(0.5)), 'float32')
      : ops.ones(x.shape);
    const draw = random.uniform(x.shape);
    const chosen = ops.mul(ops.cast(ops.less(draw, ops.scalar(rate)), 'float32'), real);
    const fate = random.uniform(x.shape);
    const isHidden = ops.mul(chosen, ops.cast(ops.less(fate, ops.scalar(0.8)), 'float32'));
    const isSwapped = ops.mul(chosen, ops.cast(ops.greaterEqual(fate, ops.scalar(0.9)), 'float32'));
    // Another text's token at the same place is as random as any, and as frequent as words are.
    const other = ops.reverse(x, [0]);
    const half = ops.scalar(0.5);
    const swapped = ops.select(ops.greater(isSwapped, half), other, x);
    const hidden = ops.cast(ops.mul(ops.ones(x.shape), ops.scalar(token)), 'int32');
    return { y: ops.select(ops.greater(isHidden, half), hidden, swapped), chosen };
  },
  summary: ({ rate, token }) => [`${Math.round(100 * rate)} % hidden`, `mask token ${token}`],
  lesson: {
    summary:
      'Text comes without labels, but a hidden word is one: who guesses it from both sides has to know grammar and something of the world. A network that has learnt this on much text needs few labelled sentences afterwards. Some of the chosen words are left or swapped, so that the network cannot wait for the mask sign.',
    references: [
      {
        title: 'Devlin et al. 2019: BERT: pre-training of deep bidirectional transformers',
        url: 'https://arxiv.org/abs/1810.04805',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { mask }, params: { rate, token } }) {
      const real = mask ? ' * ({mask} > 0.5)' : '';
      const hidden = `torch.where(c * (f < 0.8) > 0, ${token}, torch.where(c * (f >= 0.9) > 0, {x}.flip(0), {x}))`;
      const draw = 'torch.rand({x}.shape, device={x}.device)';
      return { call: `(lambda c, f: (${hidden}, c))((${draw} < ${rate}).float()${real}, ${draw})` };
    },
  },
  examples: [
    {
      name: 'sentences',
      inputs: { x: int32([4, 6]) },
      ranges: { x: [2, 9] },
      params: { rate: 0.5 },
      outputs: { y: [4, 6], chosen: [4, 6] },
      parameterCount: 0,
    },
    {
      name: 'with padding',
      inputs: { x: int32([3, 5]), mask: float32([3, 5]) },
      ranges: { x: [2, 9], mask: [1, 1.0001] },
      params: {},
      outputs: { y: [3, 5], chosen: [3, 5] },
    },
  ],
});
