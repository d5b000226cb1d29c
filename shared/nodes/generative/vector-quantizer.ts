import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * Replaces each row of `[…, D]` by the nearest of `entries` learned rows (van den Oord et al. 2017).
 * `y` passes its gradient straight through to x; `codes` are the chosen numbers; `distance` (one
 * number for each row) is ‖code − sg(x)‖² + commitment·‖x − sg(code)‖², to be averaged into a loss.
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
    },
    ports: { x: 'vectors', y: 'rounded', codes: 'codes', distance: 'distance' },
    aliases: ['vq-vae', 'codebook', 'discrete', 'straight-through'],
  },
  ownGradient: true,
  params: z.object({
    entries: z.int().min(2).max(65_536).default(128),
    commitment: z.number().min(0).max(10).default(0.25).meta({ step: 0.05 }),
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
    return {
      codebook: {
        shape: [params.entries, Number(x?.shape.at(-1))],
        init: { kind: 'uniform', limit: 1 / params.entries },
        trainable: true,
      },
    };
  },
  flops: ({ inputs: { x }, params }) => 2 * params.entries * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops }, inputs: { x }, weights: { codebook }, params }) {
    if (!x || !codebook) throw new Error('vector-quantizer: input or weights missing');
    const width = x.shape.at(-1) ?? 1;
    const flat = ops.reshape(x, [-1, width]);
    const fixed = ops.stopGradient(flat);
    const rows = ops.stopGradient(codebook);
    // ‖x − e‖² without ‖x‖², which is the same for all entries.
    const lengths = ops.reshape(ops.sum(ops.square(rows), [1]), [1, -1]);
    const products = ops.matMul(fixed, ops.transpose(rows, [1, 0]));
    const codes = ops.argMax(ops.sub(ops.mul(products, ops.scalar(2)), lengths), 1);
    const chosen = ops.gather(codebook, codes, 0);
    const pull = ops.sum(ops.square(ops.sub(chosen, fixed)), [1]);
    const commit = ops.sum(ops.square(ops.sub(flat, ops.stopGradient(chosen))), [1]);
    const outer = x.shape.slice(0, -1);
    return {
      y: ops.reshape(ops.add(flat, ops.stopGradient(ops.sub(chosen, flat))), x.shape),
      codes: ops.reshape(codes, outer),
      distance: ops.reshape(ops.add(pull, ops.mul(commit, ops.scalar(params.commitment))), outer),
    };
  },
  summary: ({ entries }) => [`${entries} entries`],
  lesson: {
    summary:
      'Turns an image into a few whole numbers, which a language model can then learn to write. Rounding has no slope, so the gradient at the output is handed to the input as it is (straight-through). The distance pulls each used entry to what it stands for; entries that nobody uses stay behind, which is what to watch for.',
    formula: 'k = argmin ‖x − eₖ‖   y = x + sg(eₖ − x)',
    references: [
      {
        title: 'van den Oord, Vinyals and Kavukcuoglu 2017: Neural discrete representation learning',
        url: 'https://arxiv.org/abs/1711.00937',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { entries, commitment } }) {
      const chosen = '{self}(k)';
      return {
        module: `nn.Embedding(${entries}, ${x?.shape.at(-1)})`,
        call: `(lambda k: ({x} + (${chosen} - {x}).detach(), k, ((${chosen} - {x}.detach()) ** 2 + ${commitment} * ({x} - ${chosen}.detach()) ** 2).sum(-1)))((2 * {x} @ {self}.weight.T - ({self}.weight ** 2).sum(1)).argmax(-1))`,
        weights: { codebook: { name: 'weight' } },
      };
    },
  },
  examples: [
    {
      name: 'latent image',
      inputs: { x: float32([2, 2, 2, 3]) },
      params: { entries: 4 },
      outputs: { y: [2, 2, 2, 3], codes: [2, 2, 2], distance: [2, 2, 2] },
      parameterCount: 12,
    },
    {
      name: 'vectors',
      inputs: { x: float32([5, 2]) },
      params: { entries: 3, commitment: 1 },
      outputs: { y: [5, 2], codes: [5], distance: [5] },
    },
  ],
});
