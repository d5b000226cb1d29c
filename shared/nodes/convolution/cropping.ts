import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { borderParam, bordersOf, bordersOfRank } from '../border.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** Cuts a border off an image `[B, H, W, C]`, or steps off a series `[B, T, C]`. */
export const cropping = defineLayer({
  kind: 'cropping',
  category: 'convolution',
  icon: 'crop',
  text: {
    title: 'Cropping',
    description: 'Cuts a border off images or series.',
    params: {
      before: { label: 'Before', help: 'Rows above and columns to the left; of a series only the second.' },
      after: { label: 'After', help: 'Rows below and columns to the right; of a series only the second.' },
    },
    ports: { x: 'image or series', y: 'image or series' },
    aliases: ['crop', 'trim', 'cut', 'centre crop'],
  },
  params: z.object({ before: borderParam([1, 1]), after: borderParam([1, 1]) }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params: { before, after }, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const borders = bordersOf(x, before, after);
    if ('problem' in borders) return borders;
    const left = x.shape.slice(1, -1).map((size, axis) => {
      const [first = 0, last = 0] = borders[axis] ?? [];
      return Number(size) - first - last;
    });
    if (left.some((size) => size < 1)) {
      const fits = (side: 0 | 1) =>
        x.shape.slice(1, -1).every((size, axis) => Number(size) > (borders[axis]?.[side] ?? 0));
      const spare = fits(1) ? 'before' : fits(0) ? 'after' : undefined;
      return {
        problem: {
          code: 'nothing-left',
          port: 'x',
          param: spare ?? 'before',
          data: { before: before.join('×'), after: after.join('×'), received: formatShape(x.shape) },
          ...(spare && { fix: { kind: 'set-param', nodeId, param: spare, value: [0, 0] } }),
        },
      };
    }
    return { outputs: { y: float32([x.shape[0] ?? 'B', ...left, x.shape.at(-1) ?? 1]) } };
  },
  forward({ ctx: { ops }, inputs, params: { before, after } }) {
    const x = required(inputs.x, 'cropping: x');
    const borders = [[0, 0], ...bordersOfRank(x.shape.length, before, after), [0, 0]];
    const begin = borders.map(([first = 0]) => first);
    const size = x.shape.map((dim, axis) => dim - (borders[axis]?.[0] ?? 0) - (borders[axis]?.[1] ?? 0));
    return { y: ops.slice(x, begin, size) };
  },
  summary: ({ before, after }) => [`${before.join('×')} before · ${after.join('×')} after`],
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
    pytorch: ({ inputs: { x }, params: { before, after } }) => ({
      call: `{x}[:, ${bordersOfRank(x?.shape.length ?? 4, before, after)
        .map(([first, last], axis) => `${first}:${Number(x?.shape[axis + 1]) - last}`)
        .join(', ')}]`,
    }),
    keras: ({ inputs: { x }, params: { before, after } }) => {
      const borders = bordersOfRank(x?.shape.length ?? 4, before, after);
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
  ],
});
