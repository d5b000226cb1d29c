import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { borderParams, borderSummary, bordersOf, borderTexts } from '../border.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';
import { placesOfAny } from '../window.ts';

/** Cuts a border off an image `[B, H, W, C]` or a volume `[B, D, H, W, C]`, or steps off a series `[B, T, C]`. */
export const cropping = defineLayer({
  kind: 'cropping',
  category: 'convolution',
  icon: 'crop',
  text: {
    title: 'Cropping',
    description: 'Cuts a border off series, images or volumes.',
    params: borderTexts,
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['crop', 'trim', 'cut', 'centre crop', 'volume'],
  },
  params: z.object(borderParams),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const form = placesOfAny(x);
    if ('problem' in form) return form;
    const { places, channels } = form;
    const borders = bordersOf(x.shape.length, params);
    const left = places.map((size, axis) => size - (borders[axis]?.[0] ?? 0) - (borders[axis]?.[1] ?? 0));
    if (left.every((size) => size >= 1)) {
      return { outputs: { y: float32([x.shape[0] ?? 'B', ...left, channels]) } };
    }
    const fits = (side: 0 | 1) => places.every((size, axis) => size > (borders[axis]?.[side] ?? 0));
    const shallow = places.length === 3 && (left[0] ?? 1) < 1;
    const spare = shallow ? 'depth' : fits(1) ? 'before' : fits(0) ? 'after' : undefined;
    const cut = (side: 0 | 1) => borders.map((border) => border[side]).join('×');
    return {
      problem: {
        code: 'nothing-left',
        port: 'x',
        param: spare ?? 'before',
        data: { before: cut(0), after: cut(1), received: formatShape(x.shape) },
        ...(spare && { fix: { kind: 'set-param', nodeId, param: spare, value: [0, 0] } }),
      },
    };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'cropping: x');
    const borders = [[0, 0], ...bordersOf(x.shape.length, params), [0, 0]];
    const begin = borders.map(([first = 0]) => first);
    const size = x.shape.map((dim, axis) => dim - (borders[axis]?.[0] ?? 0) - (borders[axis]?.[1] ?? 0));
    return { y: ops.slice(x, begin, size) };
  },
  summary: (params) => borderSummary(params),
  lesson: {
    summary:
      'Takes rows and columns away, so that two maps of different size fit together: the original U-Net crops what it carries across, since its convolutions lose the edge.',
    references: [
      {
        title: 'Ronneberger, Fischer and Brox 2015: U-Net',
        url: 'https://arxiv.org/abs/1505.04597',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      call: `{x}[:, ${bordersOf(x?.shape.length ?? 4, params)
        .map(([first, last], axis) => `${first}:${Number(x?.shape[axis + 1]) - last}`)
        .join(', ')}]`,
    }),
    keras: ({ inputs: { x }, params }) => {
      const borders = bordersOf(x?.shape.length ?? 4, params);
      return {
        module: `keras.layers.Cropping${borders.length}D(${python(borders.length === 1 ? (borders[0] ?? []) : borders)})`,
        call: '{self}({x})',
      };
    },
  },
  examples: [
    {
      name: 'one all around',
      inputs: { x: float32([2, 5, 4, 3]) },
      params: {},
      outputs: { y: [2, 3, 2, 3] },
      parameterCount: 0,
    },
    {
      name: 'series, from the front',
      inputs: { x: float32([2, 6, 2]) },
      params: { before: [0, 2], after: [0, 0] },
      outputs: { y: [2, 4, 2] },
    },
    {
      name: 'volume, uneven',
      inputs: { x: float32([1, 5, 4, 4, 2]) },
      params: { before: [1, 0], after: [1, 2], depth: [2, 1] },
      outputs: { y: [1, 2, 2, 2, 2] },
    },
  ],
});
