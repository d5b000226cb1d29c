import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { placesAndChannels } from '../window.ts';

/**
 * Channels to space, `[B, H, W, C·b²]` → `[B, H·b, W·b, C]`, or back. The order of the channels is
 * TensorFlow's: block row, block column, channel. Shi et al. 2016.
 */
export const pixelShuffle = defineLayer({
  kind: 'pixel-shuffle',
  category: 'convolution',
  icon: 'grid-2x2',
  text: {
    title: 'Pixel shuffle',
    description: 'Turns channels into pixels, or pixels into channels.',
    params: {
      block: { label: 'Block', help: 'How many times as large along each axis.' },
      direction: { label: 'Direction', options: { up: 'Channels to pixels', down: 'Pixels to channels' } },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['depth to space', 'space to depth', 'sub-pixel', 'super-resolution', 'unshuffle'],
  },
  params: z.object({
    block: z.int().min(2).max(32).default(2),
    direction: z.enum(['up', 'down']).default('up'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params: { block, direction } }): InferResult {
    if (!x) return { outputs: {} };
    const form = placesAndChannels(x, 2);
    if ('problem' in form) return form;
    const [height = 1, width = 1] = form.places;
    const batch = x.shape[0] ?? 'B';
    const divides =
      direction === 'up' ? form.channels % block ** 2 === 0 : height % block === 0 && width % block === 0;
    if (!divides) {
      return {
        problem: {
          code: 'block-does-not-divide',
          port: 'x',
          param: 'block',
          data: {
            block,
            expected:
              direction === 'up'
                ? `channels in multiples of ${block ** 2}`
                : `height and width in multiples of ${block}`,
            received: formatShape(x.shape),
          },
        },
      };
    }
    const shape =
      direction === 'up'
        ? [batch, height * block, width * block, form.channels / block ** 2]
        : [batch, height / block, width / block, form.channels * block ** 2];
    return { outputs: { y: float32(shape) } };
  },
  forward({ ctx: { ops }, inputs, params: { block, direction } }) {
    const x = required(inputs.x, 'pixel-shuffle: x');
    if (direction === 'up') return { y: ops.depthToSpace(x, block) };
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    const apart = ops.reshape(x, [batch, height / block, block, width / block, block, channels]);
    return {
      y: ops.reshape(ops.transpose(apart, [0, 1, 3, 2, 4, 5]), [
        batch,
        height / block,
        width / block,
        channels * block ** 2,
      ]),
    };
  },
  summary: ({ block, direction }) => [
    `${direction === 'up' ? 'channels → pixels' : 'pixels → channels'} · ${block}×${block}`,
  ],
  lesson: {
    summary:
      'Only moves numbers: b² channels become a block of b × b pixels. A network can so compute at low resolution and write a sharp large image in its last step. The other way round it makes an image smaller without losing anything.',
    formula: 'y[b·i + u, b·j + v, c] = x[i, j, (u·b + v)·C + c]',
    references: [
      {
        title: 'Shi et al. 2016: Real-time single image and video super-resolution (ESPCN)',
        url: 'https://arxiv.org/abs/1609.05158',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { block, direction } }) => ({
      call:
        direction === 'up'
          ? `{x}.unflatten(-1, (${block}, ${block}, -1)).permute(0, 1, 3, 2, 4, 5).flatten(3, 4).flatten(1, 2)`
          : `{x}.unflatten(2, (-1, ${block})).unflatten(1, (-1, ${block})).permute(0, 1, 3, 2, 4, 5).flatten(3)`,
    }),
    keras: ({ params: { block, direction } }) => ({
      call: `ops.${direction === 'up' ? 'depth_to_space' : 'space_to_depth'}({x}, ${block})`,
    }),
  },
  examples: [
    {
      name: 'up',
      inputs: { x: float32([2, 2, 3, 8]) },
      params: {},
      outputs: { y: [2, 4, 6, 2] },
      parameterCount: 0,
    },
    {
      name: 'down by three',
      inputs: { x: float32([1, 6, 3, 2]) },
      params: { block: 3, direction: 'down' },
      outputs: { y: [1, 2, 1, 18] },
    },
  ],
});
