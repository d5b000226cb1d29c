import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, sampleSize } from '../../types/shape.ts';
import { defineLayer, type ForwardContext } from '../defineNode.ts';

/**
 * Replaces each row of `[…, D]` by the nearest of `entries` learned rows (van den Oord et al. 2017).
 * `y` passes its gradient straight through to x; `codes` are the chosen numbers; `distance` (one
 * number for each row) is commitment·‖x − sg(code)‖², to be averaged into a loss, and ‖code − sg(x)‖²
 * besides where entries learn by gradient. By averages (their appendix A.1) an entry is the moving mean
 * of what it stood for, and one that hardly ever does is put onto a row of the batch.
 */
export const vectorQuantizer = defineLayer({
  kind: 'vector-quantizer',
  category: 'generative',
  icon: 'grid-3x3',
  text: {
    title: 'Quantiser',
    description: 'Rounds each vector to the nearest of a learned codebook.',
    params: {
      entries: { label: 'Entries', help: 'Rows of the codebook.' },
      commitment: { label: 'Commitment', help: 'How hard the encoder is pulled to its code.' },
      learning: {
        label: 'Entries learn',
        help: 'Averages need no learning rate, and put unused entries to use.',
        options: { averages: 'By averages', gradient: 'By gradient' },
      },
      decay: { label: 'Decay', help: 'By averages: memory of what an entry stood for.' },
      restart: {
        label: 'Restart below',
        help: 'By averages: an entry taken less than this share of its turn is put elsewhere; 0 never does.',
      },
    },
    ports: { x: 'vectors', y: 'rounded', codes: 'codes', distance: 'distance' },
    aliases: ['vq-vae', 'codebook', 'discrete', 'straight-through'],
  },
  ownGradient: true,
  params: z.object({
    entries: z.int().min(2).max(65_536).default(128),
    commitment: z.number().min(0).max(10).default(0.25).meta({ step: 0.05 }),
    learning: z.enum(['averages', 'gradient']).default('averages'),
    decay: z.number().min(0).max(0.9999).default(0.99).meta({ step: 0.01 }),
    restart: z.number().min(0).max(1).default(0.1).meta({ step: 0.05 }),
  }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [
      { id: 'y', type: 'tensor' },
      { id: 'codes', type: 'tensor' },
      { id: 'distance', type: 'tensor' },
    ],
  },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    const rows = x.shape.slice(0, -1);
    if (x.shape.length < 2 || typeof x.shape.at(-1) !== 'number') {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: float32(x.shape), codes: int32(rows), distance: float32(rows) } };
  },
  weights({ inputs: { x }, params }) {
    const trainable = params.learning === 'gradient';
    return {
      codebook: {
        shape: [params.entries, Number(x?.shape.at(-1))],
        init: { kind: 'uniform', limit: 1 / params.entries },
        trainable,
      },
      // The share of rows that each entry stood for lately.
      ...(!trainable && { shares: { shape: [params.entries], init: { kind: 'zeros' }, trainable } }),
    };
  },
  flops: ({ inputs: { x }, params }) => 2 * params.entries * ((x && sampleSize(x.shape)) ?? 0),
  inside: ({ inputs: { x }, params: { entries } }) => x && float32([...x.shape.slice(0, -1), entries]),
  forward({ ctx, inputs: { x }, weights: { codebook, shares }, params }) {
    if (!x || !codebook) throw new Error('vector-quantizer: input or weights missing');
    const { ops } = ctx;
    const width = x.shape.at(-1) ?? 1;
    const flat = ops.reshape(x, [-1, width]);
    const fixed = ops.stopGradient(flat);
    const rows = ops.stopGradient(codebook);
    // ‖x − e‖² without ‖x‖², which is the same for all entries.
    const lengths = ops.reshape(ops.sum(ops.square(rows), [1]), [1, -1]);
    const products = ops.matMul(fixed, ops.transpose(rows, [1, 0]));
    const codes = ops.argMax(ops.sub(ops.mul(products, ops.scalar(2)), lengths), 1);
    const chosen = ops.gather(codebook, codes, 0);
    const commit = ops.mul(
      ops.sum(ops.square(ops.sub(flat, ops.stopGradient(chosen))), [1]),
      ops.scalar(params.commitment),
    );
    const distance = shares ? commit : ops.add(commit, ops.sum(ops.square(ops.sub(chosen, fixed)), [1]));
    if (shares && ctx.training) moveEntries(ctx, { rows: fixed, codes, codebook, shares }, params);
    const outer = x.shape.slice(0, -1);
    return {
      y: ops.reshape(ops.add(flat, ops.stopGradient(ops.sub(chosen, flat))), x.shape),
      codes: ops.reshape(codes, outer),
      distance: ops.reshape(distance, outer),
    };
  },
  summary: ({ entries, learning }) => [`${entries} entries`, `by ${learning}`],
  lesson: {
    summary:
      'Turns an image into a few whole numbers, which a language model can then learn to write. Rounding has no slope, so the gradient at the output is handed to the input as it is (straight-through). Entries that nobody uses learn nothing and stay behind until one sign stands for everything: so unused ones are put where the rows are. The distance keeps the encoder near its signs.',
    formula: 'k = argmin ‖x − eₖ‖   y = x + sg(eₖ − x)',
    references: [
      {
        title: 'van den Oord, Vinyals and Kavukcuoglu 2017: Neural discrete representation learning',
        url: 'https://arxiv.org/abs/1711.00937',
      },
      {
        title: 'Dhariwal et al. 2020: Jukebox (codebook restarts)',
        url: 'https://arxiv.org/abs/2005.00341',
      },
    ],
  },
  sources: {
    // Entries by averages come as they are: how they move is a step of training, not of the network.
    pytorch({ inputs: { x }, params: { entries, commitment, learning } }) {
      const chosen = '{self}(k)';
      const commit = `${commitment} * ({x} - ${chosen}.detach()) ** 2`;
      const distance = learning === 'gradient' ? `(${chosen} - {x}.detach()) ** 2 + ${commit}` : commit;
      return {
        module: `nn.Embedding(${entries}, ${x?.shape.at(-1)})`,
        call: `(lambda k: ({x} + (${chosen} - {x}).detach(), k, (${distance}).sum(-1)))((2 * {x} @ {self}.weight.T - ({self}.weight ** 2).sum(1)).argmax(-1))`,
        weights: { codebook: { name: 'weight' } },
      };
    },
  },
  examples: [
    {
      name: 'latent image',
      inputs: { x: float32([2, 2, 2, 3]) },
      params: { entries: 4, learning: 'gradient' },
      outputs: { y: [2, 2, 2, 3], codes: [2, 2, 2], distance: [2, 2, 2] },
      parameterCount: 12,
    },
    {
      name: 'latent image by averages',
      inputs: { x: float32([2, 2, 2, 3]) },
      params: { entries: 4 },
      outputs: { y: [2, 2, 2, 3], codes: [2, 2, 2], distance: [2, 2, 2] },
      parameterCount: 0,
    },
    {
      name: 'vectors',
      inputs: { x: float32([5, 2]) },
      params: { entries: 3, commitment: 1, learning: 'gradient' },
      outputs: { y: [5, 2], codes: [5], distance: [5] },
    },
  ],
});

interface Chosen {
  /** `[N, D]`. */
  readonly rows: Tensor;
  /** The entry of each row, `[N]`. */
  readonly codes: Tensor;
  readonly codebook: Tensor;
  readonly shares: Tensor;
}

/** Entries move to the moving mean of their rows; those that have too few are put onto random rows. */
function moveEntries(
  { ops, random, update }: ForwardContext,
  { rows, codes, codebook, shares }: Chosen,
  { decay, restart }: { readonly decay: number; readonly restart: number },
): void {
  const [count = 1] = rows.shape;
  const [entries = 1] = codebook.shape;
  const taken = ops.oneHot(codes, entries);
  const kept = ops.scalar(decay);
  const fresh = ops.scalar((1 - decay) / count);
  const sums = ops.matMul(ops.transpose(taken, [1, 0]), rows);
  const old = ops.mul(shares, kept);
  const now = ops.add(old, ops.mul(ops.sum(taken, [0]), fresh));
  const column = (values: Tensor): Tensor => ops.reshape(values, [entries, 1]);
  const total = ops.add(ops.mul(codebook, column(old)), ops.mul(sums, fresh));
  // An entry that has never had a row keeps its place.
  const had = ops.greater(now, ops.scalar(0));
  const mean = ops.div(total, column(ops.select(had, now, ops.ones([entries]))));
  const moved = ops.select(column(had), mean, codebook);
  const unused = ops.less(now, ops.scalar(restart / entries));
  const drawn = ops.cast(ops.floor(ops.mul(random.uniform([entries]), ops.scalar(count))), 'int32');
  update('codebook', ops.select(column(unused), ops.gather(rows, drawn, 0), moved));
  update('shares', ops.select(unused, ops.broadcastTo(ops.scalar(1 / entries), [entries]), now));
}
