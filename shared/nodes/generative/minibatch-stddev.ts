import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';

/**
 * Adds a channel that says how different the samples of the batch are: `[B, …, C]` → `[B, …, C + 1]`,
 * everywhere the mean over all features of their standard deviation over the batch (Karras et al. 2018).
 */
export const minibatchStddev = defineLayer({
  kind: 'minibatch-stddev',
  category: 'generative',
  icon: 'sigma',
  text: {
    title: 'Batch spread',
    description: 'Shows a discriminator how varied its batch is.',
    params: {},
    ports: { x: 'features', y: 'features' },
    aliases: ['minibatch standard deviation', 'gan', 'mode collapse', 'discriminator'],
  },
  params: z.object({}),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    const channels = x.shape.at(-1);
    if (x.shape.length < 2 || typeof channels !== 'number') {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: float32([...x.shape.slice(0, -1), channels + 1]) } };
  },
  flops: ({ inputs: { x } }) => 4 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops }, inputs: { x } }) {
    if (!x) throw new Error('minibatch-stddev: input missing');
    const centred = ops.sub(x, ops.mean(x, [0], true));
    const deviation = ops.sqrt(ops.add(ops.mean(ops.square(centred), [0]), ops.scalar(1e-8)));
    const places = [...x.shape.slice(0, -1), 1];
    const spread = ops.mul(ops.ones(places), ops.mean(deviation));
    return { y: ops.concat([x, spread], x.shape.length - 1) };
  },
  summary: () => ['+ 1 channel'],
  lesson: {
    summary:
      'A generator that has found one good image may make nothing else (mode collapse). Each image by itself looks right; only the batch gives it away. This channel lets the discriminator see it.',
    references: [
      { title: 'Karras et al. 2018: Progressive growing of GANs', url: 'https://arxiv.org/abs/1710.10196' },
    ],
  },
  sources: {
    pytorch: () => ({
      call: 'torch.cat([{x}, ({x}.var(0, correction=0) + 1e-8).sqrt().mean().expand(*{x}.shape[:-1], 1)], -1)',
    }),
  },
  examples: [
    {
      name: 'images',
      inputs: { x: float32([3, 2, 2, 2]) },
      params: {},
      outputs: { y: [3, 2, 2, 3] },
      parameterCount: 0,
    },
    { name: 'features', inputs: { x: float32([4, 3]) }, params: {}, outputs: { y: [4, 4] } },
  ],
});
