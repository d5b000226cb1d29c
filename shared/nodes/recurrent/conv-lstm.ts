import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape, type TensorType } from '../../types/portType.ts';
import { dimProduct, float32, sameShape } from '../../types/shape.ts';
import { defineLayer, type InferArgs, type InferResult, type NodeSource } from '../defineNode.ts';
import { kernelInitializer } from '../initializers.ts';
import type { Ops } from '../ops.ts';
import { binaryMask } from '../paddingMask.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';
import { paddingOf, paddingSchema, paddingText, sizePair, slideWindow, torchPadding } from '../window.ts';

const schema = z.object({
  filters: z.int().min(1).max(16_384).default(16),
  kernelSize: sizePair([3, 3], 255),
  strides: sizePair([1, 1], 255),
  padding: paddingSchema.default('same'),
  returns: z.enum(['sequence', 'last']).default('sequence'),
});
type Params = z.infer<typeof schema>;
type Args = InferArgs<Params>;

const windowOf = (params: Params) => ({ ...params, size: params.kernelSize });

/** One frame of a film `[B, T, H, W, C]`. */
const frameOf = (x: TensorType): TensorType => float32([x.shape[0] ?? 'B', ...x.shape.slice(2)]);

function infer({ inputs: { x, mask, h0, c0 }, params, nodeId }: Args): InferResult {
  if (!x) return { outputs: {} };
  const [batch = 'B', steps = 'T'] = x.shape;
  if (x.shape.length !== 5) {
    const data = { expected: 'B×T×H×W×C', received: formatShape(x.shape) };
    return { problem: { code: 'needs-film-input', port: 'x', data } };
  }
  const slid = slideWindow(frameOf(x), windowOf(params));
  if ('problem' in slid) {
    const { code, data } = slid.problem;
    const received = formatShape(x.shape);
    if (code !== 'window-too-large') {
      return { problem: { code: 'needs-film-input', port: 'x', data: { expected: 'B×T×H×W×C', received } } };
    }
    const expected = String(data.expected).replace('B', `B×${steps}`);
    const fix = { kind: 'set-param' as const, nodeId, param: 'padding', value: 'same' };
    return { problem: { code, port: 'x', param: 'kernelSize', data: { ...data, expected, received }, fix } };
  }
  const state = [batch, ...slid.places, params.filters];
  for (const [port, type] of Object.entries({ mask, h0, c0 })) {
    const expected = port === 'mask' ? [batch, steps] : state;
    if (!type || sameShape(type.shape, expected)) continue;
    const data = { expected: formatShape(expected), received: formatShape(type.shape) };
    return { problem: { code: 'shapes-differ', port, data } };
  }
  const sequence = [batch, steps, ...slid.places, params.filters];
  return {
    outputs: {
      y: float32(params.returns === 'last' ? state : sequence),
      h: float32(state),
      c: float32(state),
    },
  };
}

/** State and memory after one more frame, of which `inputs` are the convolved gates. */
function step(ops: Ops, inputs: Tensor, { h, c }: { h: Tensor; c: Tensor }, recurrent: Tensor) {
  const filters = h.shape.at(-1) ?? 1;
  const gates = ops.add(inputs, ops.conv2d(h, recurrent, { strides: [1, 1], padding: 'same' }));
  const [write, forget, candidate, show] = ops.split(gates, [filters, filters, filters, filters], 3);
  if (!write || !forget || !candidate || !show) throw new Error('conv-lstm: a gate is missing');
  const memory = ops.add(ops.mul(ops.sigmoid(forget), c), ops.mul(ops.sigmoid(write), ops.tanh(candidate)));
  return { h: ops.mul(ops.sigmoid(show), ops.tanh(memory)), c: memory };
}

/** PyTorch has no such layer: two convolutions and a loop over the frames. */
function torchSource({ inputs: { x, mask, h0, c0 }, params }: Args): NodeSource {
  const { filters, kernelSize, strides, returns } = params;
  const channels = x?.shape.at(-1);
  const pads = x ? torchPadding(paddingOf(frameOf(x), windowOf(params))) : [];
  const frames = `{self}[0](F.pad({x}.flatten(0, 1).movedim(-1, 1), ${python(pads)})).unflatten(0, {x}.shape[:2])`;
  const first = (port: string, given: TensorType | undefined) =>
    given ? `{${port}}.movedim(-1, 1)` : `g.new_zeros(len(g), ${filters}, *g.shape[3:])`;
  const cell =
    '(lambda i, f, g, o: (lambda c: (o.sigmoid() * c.tanh(), c))(f.sigmoid() * c + i.sigmoid() * g.tanh()))(*(g + {self}[1](h)).chunk(4, 1))';
  // What a masked frame leaves behind: the state as it was, and nothing as its output.
  const masked =
    '(lambda m, n: (torch.where(m, n[0], h), torch.where(m, n[1], c), n[0] * m))(m[:, None, None, None], ';
  const next = mask ? `${masked}${cell})` : `(lambda n: (*n, n[0]))(${cell})`;
  const present = mask ? '({mask} >= 0.5).unbind(1)' : '[None] * g.shape[1]';
  const y = returns === 'last' ? 's[0].movedim(1, -1)' : 'torch.stack([a[2] for a in all], 1).movedim(2, -1)';
  return {
    module: `nn.ModuleList([nn.Conv2d(${channels}, ${4 * filters}, ${python(kernelSize)}, stride=${python(strides)}), nn.Conv2d(${filters}, ${4 * filters}, ${python(kernelSize)}, padding="same", bias=False)])`,
    call: `(lambda step, g: (lambda s: (lambda all: (${y}, s[0].movedim(1, -1), s[1].movedim(1, -1)))([(s := step(x, m, s[0], s[1])) for x, m in zip(g.unbind(1), ${present})]))((${first('h0', h0)}, ${first('c0', c0)})))(lambda g, m, h, c: ${next}, ${frames})`,
    weights: {
      kernel: { name: '0.weight', value: '{w}.permute(3, 2, 0, 1)' },
      bias: { name: '0.bias' },
      recurrent: { name: '1.weight', value: '{w}.permute(3, 2, 0, 1)' },
    },
  };
}

function kerasSource({ inputs: { mask, h0, c0 }, params }: Args): NodeSource {
  const { filters, kernelSize, strides, padding, returns } = params;
  const given = h0 ? '{h0}' : '{c0}';
  const first = [h0 ? '{h0}' : `ops.zeros_like(${given})`, c0 ? '{c0}' : `ops.zeros_like(${given})`].join(
    ', ',
  );
  const options = [
    ...(mask ? ['mask={mask} >= 0.5'] : []),
    ...(h0 || c0 ? [`initial_state=[${first}]`] : []),
  ];
  const call = `{self}(${['{x}', ...options].join(', ')})`;
  // Keras repeats the output before a masked frame, where ours is nothing.
  const y = returns === 'sequence' ? 'y * ops.cast({mask} >= 0.5, "float32")[:, :, None, None, None]' : 'h';
  return {
    module: `keras.layers.ConvLSTM2D(${filters}, ${python(kernelSize)}, strides=${python(strides)}, padding="${padding}", return_state=True${returns === 'sequence' ? ', return_sequences=True' : ''})`,
    call: mask ? `(lambda y, h, c: (${y}, h, c))(*${call})` : call,
    weights: {
      kernel: { name: 'cell.kernel' },
      recurrent: { name: 'cell.recurrent_kernel' },
      bias: { name: 'cell.bias' },
    },
  };
}

/**
 * An LSTM whose products are convolutions (Shi et al. 2015, without peepholes) over films `[B, T, H, W, C]`: `y`
 * is `[B, T, H′, W′, filters]` or the last `[B, H′, W′, filters]`, states `[B, H′, W′, filters]`. Gates in the
 * order i, f, g, o; kernel `[kh, kw, C, 4·filters]`, recurrent `[kh, kw, filters, 4·filters]` (padded, stride 1).
 */
export const convLstm = defineLayer({
  kind: 'conv-lstm',
  category: 'recurrent',
  icon: 'film',
  text: {
    title: 'ConvLSTM',
    description: 'Reads a film frame by frame and keeps a memory at every place.',
    params: {
      filters: { label: 'Filters', help: 'Channels of the state, and of the output.' },
      kernelSize: { label: 'Kernel', help: 'Height and width of a filter.' },
      strides: { label: 'Stride', help: 'How far the filter moves, down and across.' },
      padding: paddingText,
      returns: {
        label: 'Output',
        help: 'What leaves at y; final states have ports of their own.',
        options: { sequence: 'Every step', last: 'Last state' },
      },
    },
    ports: {
      x: 'film',
      h0: 'first h',
      c0: 'first c',
      mask: 'mask',
      y: 'output',
      h: 'final h',
      c: 'final c',
    },
    aliases: ['convolutional lstm', 'convlstm2d', 'video', 'film', 'nowcasting', 'spatio-temporal'],
  },
  params: schema,
  ports: {
    inputs: [
      floatPort(),
      floatPort('h0', { optional: true }),
      floatPort('c0', { optional: true }),
      floatPort('mask', { optional: true }),
    ],
    outputs: [tensorPort(), tensorPort('h'), tensorPort('c')],
  },
  infer,
  weights({ inputs: { x }, params: { filters, kernelSize } }) {
    const channels = x?.shape.at(-1);
    if (typeof channels !== 'number') return {};
    const taps = kernelSize[0] * kernelSize[1];
    const kernel = (inputs: number) => ({
      shape: [...kernelSize, inputs, 4 * filters],
      init: kernelInitializer('glorot-uniform', { fanIn: taps * inputs, fanOut: taps * filters }),
      trainable: true,
    });
    return {
      kernel: kernel(channels),
      recurrent: kernel(filters),
      bias: { shape: [4 * filters], init: { kind: 'zeros' }, trainable: true },
    };
  },
  flops({ inputs: { x }, outputs: { h }, params: { filters, kernelSize } }) {
    if (!x || h?.type !== 'tensor') return 0;
    const steps = dimProduct(x.shape.slice(1, 2)) ?? 1;
    const places = dimProduct(h.shape.slice(1, 3)) ?? 1;
    return 8 * steps * places * kernelSize[0] * kernelSize[1] * (Number(x.shape[4]) + filters) * filters;
  },
  forward({ ctx: { ops }, inputs, weights, params }) {
    const x = required(inputs.x, 'conv-lstm: x');
    const kernel = required(weights.kernel, 'conv-lstm: kernel');
    const recurrent = required(weights.recurrent, 'conv-lstm: recurrent');
    const { strides, padding, filters } = params;
    const [batch = 1, steps = 1, ...frame] = x.shape;
    const convolved = ops.add(
      ops.conv2d(ops.reshape(x, [batch * steps, ...frame]), kernel, { strides, padding }),
      required(weights.bias, 'conv-lstm: bias'),
    );
    const places = convolved.shape.slice(1, 3);
    const gates = ops.unstack(ops.reshape(convolved, [batch, steps, ...places, 4 * filters]), 1);
    const present = inputs.mask && ops.unstack(binaryMask(ops, inputs.mask), 1);
    const zeros = () => ops.zeros([batch, ...places, filters]);
    let state = { h: inputs.h0 ?? zeros(), c: inputs.c0 ?? zeros() };
    const shown = gates.map((gate, index) => {
      const next = step(ops, gate, state, recurrent);
      const mark = present?.[index];
      if (!mark) {
        state = next;
        return next.h;
      }
      const here = ops.reshape(mark, [batch, 1, 1, 1]);
      const gone = ops.sub(ops.scalar(1), here);
      const mixed = (fresh: Tensor, old: Tensor) => ops.add(ops.mul(here, fresh), ops.mul(gone, old));
      state = { h: mixed(next.h, state.h), c: mixed(next.c, state.c) };
      return ops.mul(here, next.h);
    });
    return { y: params.returns === 'last' ? state.h : ops.stack(shown, 1), h: state.h, c: state.c };
  },
  summary: ({ filters, kernelSize, padding, returns }) => [
    `${filters} filters · ${kernelSize.join('×')} · ${padding}`,
    returns === 'last' ? 'last state' : 'every step',
  ],
  lesson: {
    summary:
      'An LSTM would have to flatten every frame and forget where things are. Here the state is itself an image, and all products are convolutions: what a place remembers depends on its neighbours a moment ago, so that movement can be followed. It is made for what changes in space and time: rain on a radar, traffic, frames of a film. Each step waits for the one before, so long films are slow.',
    formula: 'i, f, o = σ(x∗W + h∗R + b)   g = tanh(…)   c ← f·c + i·g   h ← o·tanh(c)',
    references: [
      {
        title: 'Shi et al. 2015: Convolutional LSTM network: a machine learning approach for nowcasting',
        url: 'https://arxiv.org/abs/1506.04214',
      },
    ],
  },
  sources: { pytorch: torchSource, keras: kerasSource },
  examples: [
    {
      name: 'every frame',
      inputs: { x: float32([2, 3, 4, 3, 2]) },
      params: { filters: 2 },
      outputs: { y: [2, 3, 4, 3, 2], h: [2, 4, 3, 2], c: [2, 4, 3, 2] },
      parameterCount: 9 * 2 * 8 + 9 * 2 * 8 + 8,
    },
    {
      name: 'last state of smaller frames, with first states',
      inputs: { x: float32([1, 2, 5, 4, 1]), h0: float32([1, 2, 2, 2]), c0: float32([1, 2, 2, 2]) },
      params: { filters: 2, kernelSize: [3, 2], strides: [2, 2], padding: 'valid', returns: 'last' },
      outputs: { y: [1, 2, 2, 2], h: [1, 2, 2, 2], c: [1, 2, 2, 2] },
    },
    {
      name: 'masked',
      inputs: { x: float32([2, 3, 3, 3, 1]), mask: float32([2, 3]) },
      ranges: { mask: [0.3, 1] },
      params: { filters: 1, kernelSize: [2, 2] },
      outputs: { y: [2, 3, 3, 3, 1], h: [2, 3, 3, 1], c: [2, 3, 3, 1] },
    },
  ],
});
