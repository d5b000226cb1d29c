import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { channelsFirst, python } from '../sources.ts';
import { sizePair } from '../window.ts';

/** Images `[B, H, W, C]` to a fixed size, with half-pixel centres; without a filter against aliasing. */
export const resize = defineLayer({
  kind: 'resize',
  category: 'operation',
  icon: 'scaling',
  text: {
    title: 'Resize',
    description: 'Brings images to a fixed size.',
    params: {
      size: { label: 'Size', help: 'Height and width of the result.' },
      method: { label: 'Method', options: { bilinear: 'Bilinear', nearest: 'Nearest' } },
    },
    ports: { x: 'image', y: 'image' },
    aliases: ['scale', 'interpolate', 'zoom', 'downsample'],
  },
  params: z.object({
    size: sizePair([32, 32], 4096),
    method: z.enum(['bilinear', 'nearest']).default('bilinear'),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    const [batch = 'B', height, width, channels] = x.shape;
    if (x.shape.length !== 4 || [height, width, channels].some((dim) => typeof dim !== 'number')) {
      return {
        problem: {
          code: 'needs-image-input',
          port: 'x',
          data: { expected: 'B×H×W×C', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: { ...x, ...float32([batch, ...params.size, channels ?? 1]) } } };
  },
  flops: ({ outputs: { y }, params }) => (params.method === 'bilinear' ? 8 : 0) * numbersOf(y),
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'resize: x');
    return {
      y: params.method === 'nearest' ? ops.resizeNearest(x, params.size) : ops.resizeBilinear(x, params.size),
    };
  },
  summary: ({ size, method }) => [`${size.join('×')} · ${method}`],
  lesson: {
    summary:
      'Samples an image at another number of points. Bilinear mixes the four nearest pixels, nearest copies one. When an image becomes much smaller, most pixels are never looked at: average pooling looks at all.',
    references: [
      {
        title: 'torch.nn.functional.interpolate',
        url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html',
      },
    ],
  },
  sources: {
    pytorch: ({ params: { size, method } }) => ({
      call: channelsFirst(
        (x) =>
          `F.interpolate(${x}, size=${python(size)}, mode="${method === 'nearest' ? 'nearest-exact' : method}")`,
      ),
    }),
    keras: ({ params: { size, method } }) => ({
      call: `ops.image.resize({x}, ${python(size)}, interpolation="${method}", antialias=False)`,
    }),
  },
  examples: [
    {
      name: 'larger',
      inputs: { x: float32([2, 3, 4, 2]) },
      params: { size: [7, 8] },
      outputs: { y: [2, 7, 8, 2] },
      parameterCount: 0,
    },
    {
      name: 'smaller, nearest',
      inputs: { x: float32([1, 9, 6, 1]) },
      params: { size: [4, 5], method: 'nearest' },
      outputs: { y: [1, 4, 5, 1] },
    },
  ],
});
