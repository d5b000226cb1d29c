import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { channelsFirst } from '../sources.ts';

/** Makes an image `[B, H, W, C]` or a series `[B, T, C]` `factor` times as large, without weights. */
export const upSampling = defineLayer({
  kind: 'up-sampling',
  category: 'convolution',
  icon: 'maximize-2',
  text: {
    title: 'Up-sampling',
    description: 'Makes images or series larger by repeating or blending.',
    params: {
      factor: { label: 'Factor', help: 'How many times as large along each axis.' },
      method: { label: 'Method', options: { nearest: 'Nearest', bilinear: 'Linear' } },
    },
    ports: { x: 'image or series', y: 'image or series' },
    aliases: ['upsample', 'enlarge', 'interpolate', 'decoder', 'u-net'],
  },
  params: z.object({
    factor: z.int().min(1).max(32).default(2),
    method: z.enum(['nearest', 'bilinear']).default('nearest'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const [batch = 'B', ...rest] = x.shape;
    if ((x.shape.length !== 3 && x.shape.length !== 4) || rest.some((dim) => typeof dim !== 'number')) {
      return {
        problem: {
          code: 'needs-image-input',
          port: 'x',
          data: { expected: 'B×H×W×C', received: formatShape(x.shape) },
        },
      };
    }
    const places = rest.slice(0, -1).map((dim) => Number(dim) * params.factor);
    return { outputs: { y: float32([batch, ...places, rest.at(-1) ?? 1]) } };
  },
  flops: ({ outputs: { y }, params }) => (params.method === 'bilinear' ? 8 : 0) * numbersOf(y),
  forward({ ctx: { ops }, inputs, params: { factor, method } }) {
    const x = required(inputs.x, 'up-sampling: x');
    const [batch = 1, ...rest] = x.shape;
    const series = rest.length === 2;
    const image = series ? ops.reshape(x, [batch, 1, ...rest]) : x;
    const [, height = 1, width = 1, channels = 1] = image.shape;
    const size = [series ? 1 : height * factor, width * factor] as const;
    const y = method === 'nearest' ? ops.resizeNearest(image, size) : ops.resizeBilinear(image, size);
    return { y: series ? ops.reshape(y, [batch, width * factor, channels]) : y };
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
      const linear = x?.shape.length === 3 ? 'linear' : 'bilinear';
      return {
        call: channelsFirst(
          (input) =>
            `F.interpolate(${input}, scale_factor=${factor}, mode="${method === 'nearest' ? 'nearest' : linear}")`,
        ),
      };
    },
    keras: ({ inputs: { x }, params: { factor, method } }) =>
      x?.shape.length === 3
        ? {
            call: `ops.squeeze(ops.image.resize(ops.expand_dims({x}, 1), (1, ${Number(x.shape[1]) * factor}), interpolation="${method}", antialias=False), 1)`,
          }
        : {
            module: `keras.layers.UpSampling2D(${factor}, interpolation="${method}")`,
            call: '{self}({x})',
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
  ],
});
