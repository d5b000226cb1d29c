import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { borderParams, borderSummary, bordersOf, borderTexts } from '../border.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { channelsFirst, python } from '../sources.ts';
import { placesOfAny, torchPadding } from '../window.ts';

/** Puts a border around an image `[B, H, W, C]` or a volume `[B, D, H, W, C]`, or steps around a series `[B, T, C]`. */
export const padding = defineLayer({
  kind: 'padding',
  category: 'convolution',
  icon: 'frame',
  text: {
    title: 'Padding',
    description: 'Puts a border around series, images or volumes.',
    params: {
      ...borderTexts,
      mode: {
        label: 'Mode',
        options: { constant: 'A number', reflect: 'Mirrored', symmetric: 'Mirrored with the edge' },
      },
      value: { label: 'Number', help: 'What the border is filled with.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['zero padding', 'reflect', 'border', 'margin', 'volume'],
  },
  params: z.object({
    ...borderParams,
    mode: z.enum(['constant', 'reflect', 'symmetric']).default('constant'),
    value: z.number().min(-1e30).max(1e30).default(0),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }): InferResult {
    if (!x) return { outputs: {} };
    const { mode } = params;
    const form = placesOfAny(x);
    if ('problem' in form) return form;
    const { places, channels } = form;
    const borders = bordersOf(x.shape.length, params);
    const room = mode === 'reflect' ? 1 : 0;
    const short =
      mode !== 'constant' && places.some((size, axis) => borders[axis]?.some((count) => count > size - room));
    if (short) {
      return {
        problem: {
          code: 'mirror-too-wide',
          port: 'x',
          param: 'mode',
          data: { received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'mode', value: 'constant' },
        },
      };
    }
    const wider = places.map((size, axis) => size + (borders[axis]?.[0] ?? 0) + (borders[axis]?.[1] ?? 0));
    return { outputs: { y: float32([x.shape[0] ?? 'B', ...wider, channels]) } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'padding: x');
    const borders = bordersOf(x.shape.length, params);
    return { y: ops.pad(x, [[0, 0], ...borders, [0, 0]], params.mode, params.value) };
  },
  summary: (params) =>
    borderSummary(params, [params.mode === 'constant' ? `filled with ${params.value}` : params.mode]),
  lesson: {
    summary:
      'Gives filters something to look at beyond the edge. Zeros are a dark frame that a network learns to see; mirroring continues the picture, which is why generators and style transfer prefer it.',
    references: [references.convolutionArithmetic],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      const { mode, value } = params;
      const borders = bordersOf(x?.shape.length ?? 4, params);
      const pads = torchPadding(borders);
      if (mode === 'constant') {
        return { call: channelsFirst((input) => `F.pad(${input}, ${python(pads)}, value=${value})`) };
      }
      if (mode === 'reflect') {
        return { call: channelsFirst((input) => `F.pad(${input}, ${python(pads)}, mode="reflect")`) };
      }
      // PyTorch has no mirror that repeats the edge: each axis is put together from turned parts.
      return {
        call: borders.reduce(
          (part, [first, last], axis) =>
            `(lambda t: torch.cat([t.narrow(${axis + 1}, 0, ${first}).flip(${axis + 1}), t, t.narrow(${axis + 1}, t.shape[${axis + 1}] - ${last}, ${last}).flip(${axis + 1})], ${axis + 1}))(${part})`,
          '{x}',
        ),
      };
    },
    keras: ({ inputs: { x }, params }) => {
      const { mode, value } = params;
      const borders = [[0, 0], ...bordersOf(x?.shape.length ?? 4, params), [0, 0]];
      return {
        call: `ops.pad({x}, ${python(borders)}, mode="${mode}"${mode === 'constant' ? `, constant_values=${value}` : ''})`,
      };
    },
  },
  examples: [
    {
      name: 'zeros around',
      inputs: { x: float32([2, 3, 4, 2]) },
      params: {},
      outputs: { y: [2, 5, 6, 2] },
      parameterCount: 0,
    },
    {
      name: 'mirrored, uneven',
      inputs: { x: float32([1, 4, 3, 2]) },
      params: { before: [2, 0], after: [1, 2], mode: 'reflect' },
      outputs: { y: [1, 7, 5, 2] },
    },
    {
      name: 'series, mirrored with the edge',
      inputs: { x: float32([2, 3, 2]) },
      params: { before: [0, 2], after: [0, 1], mode: 'symmetric' },
      outputs: { y: [2, 6, 2] },
    },
    {
      name: 'series, a number before',
      inputs: { x: float32([2, 3, 2]) },
      params: { before: [0, 2], after: [0, 0], value: 0.5 },
      outputs: { y: [2, 5, 2] },
    },
    {
      name: 'volume, zeros around',
      inputs: { x: float32([1, 2, 3, 2, 2]) },
      params: { depth: [1, 2] },
      outputs: { y: [1, 5, 5, 4, 2] },
    },
    {
      name: 'volume, mirrored',
      inputs: { x: float32([1, 3, 2, 3, 1]) },
      params: { before: [1, 0], after: [0, 2], depth: [2, 1], mode: 'reflect' },
      outputs: { y: [1, 6, 3, 5, 1] },
    },
  ],
});
