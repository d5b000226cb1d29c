import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { channelsFirst } from '../sources.ts';
import { placesOfAny } from '../window.ts';

/** Makes a series `[B, T, C]`, an image `[B, H, W, C]` or a volume `[B, D, H, W, C]` `factor` times as large, without weights. */
export const upSampling = defineLayer({
  kind: 'up-sampling',
  category: 'convolution',
  icon: 'maximize-2',
  text: {
    title: 'Up-sampling',
    description: 'Makes series, images or volumes larger by repeating or blending.',
    params: {
      factor: { label: 'Factor', help: 'How many times as large along each axis.' },
      method: { label: 'Method', options: { nearest: 'Nearest', bilinear: 'Linear' } },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['upsample', 'enlarge', 'interpolate', 'decoder', 'u-net'],
  },
  params: z.object({
    factor: z.int().min(1).max(32).default(2),
    method: z.enum(['nearest', 'bilinear']).default('nearest'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const form = placesOfAny(x);
    if ('problem' in form) return form;
    const larger = form.places.map((size) => size * params.factor);
    return { outputs: { y: float32([x.shape[0] ?? 'B', ...larger, form.channels]) } };
  },
  flops: ({ outputs: { y }, params }) => (params.method === 'bilinear' ? 8 : 0) * numbersOf(y),
  forward({ ctx: { ops }, inputs, params: { factor, method } }) {
    const x = required(inputs.x, 'up-sampling: x');
    const resize = (image: Tensor, size: readonly [number, number]) =>
      method === 'nearest' ? ops.resizeNearest(image, size) : ops.resizeBilinear(image, size);
    const [batch = 1, ...rest] = x.shape;
    const channels = rest.at(-1) ?? 1;
    const places = rest.slice(0, -1);
    const larger = places.map((size) => size * factor);
    // Height and width of every slice, and then, where there is one, the depth: linear blending is one axis at a time.
    const [height = 1, width = 1] = places.length === 1 ? [1, ...places] : places.slice(-2);
    const slices = x.size / (height * width * channels);
    const wide = resize(ops.reshape(x, [slices, height, width, channels]), [
      places.length === 1 ? 1 : height * factor,
      width * factor,
    ]);
    if (places.length < 3) return { y: ops.reshape(wide, [batch, ...larger, channels]) };
    const [depth = 1] = places;
    const area = height * width * factor ** 2;
    const deep = resize(ops.reshape(wide, [batch, depth, area, channels]), [depth * factor, area]);
    return { y: ops.reshape(deep, [batch, ...larger, channels]) };
  },
  summary: ({ factor, method }) => [`×${factor} · ${method === 'nearest' ? 'nearest' : 'linear'}`],
  lesson: {
    summary:
      'Grows a map without weights: nearest repeats each pixel, linear blends neighbours. A convolution after it then refines, which avoids the chequerboards of transposed convolutions.',
    references: [
      {
        title: 'Odena, Dumoulin and Olah 2016: Deconvolution and checkerboard artifacts',
        url: 'https://distill.pub/2016/deconv-checkerboard/',
      },
      references.convolutionArithmetic,
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { factor, method } }) => {
      const linear = ['linear', 'bilinear', 'trilinear'][(x?.shape.length ?? 4) - 3];
      return {
        call: channelsFirst(
          (input) =>
            `F.interpolate(${input}, scale_factor=${factor}, mode="${method === 'nearest' ? 'nearest' : linear}")`,
        ),
      };
    },
    keras: ({ inputs: { x }, params: { factor, method } }) => {
      if (x?.shape.length === 5) {
        // Keras' layer for volumes only repeats.
        const module = `keras.layers.UpSampling3D(${factor})`;
        return method === 'nearest' ? { module, call: '{self}({x})' } : undefined;
      }
      return x?.shape.length === 3
        ? {
            call: `ops.squeeze(ops.image.resize(ops.expand_dims({x}, 1), (1, ${Number(x.shape[1]) * factor}), interpolation="${method}", antialias=False), 1)`,
          }
        : {
            module: `keras.layers.UpSampling2D(${factor}, interpolation="${method}")`,
            call: '{self}({x})',
          };
    },
  },
  examples: [
    {
      name: 'image',
      inputs: { x: float32([2, 3, 4, 2]) },
      params: {},
      outputs: { y: [2, 6, 8, 2] },
      parameterCount: 0,
    },
    {
      name: 'image, blended',
      inputs: { x: float32([1, 3, 2, 3]) },
      params: { factor: 3, method: 'bilinear' },
      outputs: { y: [1, 9, 6, 3] },
    },
    {
      name: 'series',
      inputs: { x: float32([2, 5, 2]) },
      params: { method: 'bilinear' },
      outputs: { y: [2, 10, 2] },
    },
    {
      name: 'volume',
      inputs: { x: float32([1, 2, 3, 2, 2]) },
      params: {},
      outputs: { y: [1, 4, 6, 4, 2] },
    },
    {
      name: 'volume, blended',
      inputs: { x: float32([2, 3, 2, 3, 1]) },
      params: { method: 'bilinear' },
      outputs: { y: [2, 6, 4, 6, 1] },
    },
  ],
});
