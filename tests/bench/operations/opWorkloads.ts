import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import type { OpWorkload, Tensors } from './opStep.ts';

const at = (tensors: Tensors, name: string): Tensor => {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`no ${name}`);
  return tensor;
};

const crossEntropy = (ops: Ops, logits: Tensor, labels: Tensor): Tensor =>
  ops.mean(ops.sparseSoftmaxCrossEntropy(logits, labels));

function recurrent(cell: 'simpleRnn' | 'lstm' | 'gru', steps: number, peer: string): OpWorkload {
  const width = 128 * { simpleRnn: 1, lstm: 4, gru: 3 }[cell];
  return {
    name: `${cell} 128, ${steps} steps`,
    peer,
    weights: {
      kernel: [28, width],
      recurrent: [128, width],
      bias: [width],
      ...(cell === 'gru' && { recurrentBias: [width] }),
      head: [128, 10],
      headBias: [10],
    },
    inputs: { x: { shape: [64, steps, 28] }, y: { shape: [64], below: 10 } },
    loss: (ops, w, inputs) => {
      const zeros = ops.zeros([64, 128]);
      const args = {
        x: at(inputs, 'x'),
        h: zeros,
        kernel: at(w, 'kernel'),
        recurrent: at(w, 'recurrent'),
        bias: at(w, 'bias'),
      };
      const { h } =
        cell === 'lstm'
          ? ops.lstm({ ...args, c: zeros })
          : cell === 'gru'
            ? ops.gru({ ...args, recurrentBias: w.recurrentBias })
            : ops.simpleRnn({ ...args, activation: 'tanh' });
      return crossEntropy(ops, ops.affine(h, at(w, 'head'), w.headBias), at(inputs, 'y'));
    },
  };
}

/** Pre-norm, as GPT-2. */
function transformer({
  name,
  peer,
  vocabulary,
  length,
  width,
  heads,
  layers,
  batch,
  causal,
}: {
  name: string;
  peer: string;
  vocabulary: number;
  length: number;
  width: number;
  heads: number;
  layers: number;
  batch: number;
  causal: boolean;
}): OpWorkload {
  const weights: Record<string, readonly number[]> = {
    tokens: [vocabulary, width],
    places: [length, width],
    normScale: [width],
    normOffset: [width],
    head: [width, vocabulary],
    headBias: [vocabulary],
  };
  for (let layer = 0; layer < layers; layer += 1) {
    Object.assign(weights, {
      [`${layer}/scale1`]: [width],
      [`${layer}/offset1`]: [width],
      [`${layer}/qkv`]: [width, 3 * width],
      [`${layer}/qkvBias`]: [3 * width],
      [`${layer}/out`]: [width, width],
      [`${layer}/outBias`]: [width],
      [`${layer}/scale2`]: [width],
      [`${layer}/offset2`]: [width],
      [`${layer}/up`]: [width, 4 * width],
      [`${layer}/upBias`]: [4 * width],
      [`${layer}/down`]: [4 * width, width],
      [`${layer}/downBias`]: [width],
    });
  }
  return {
    name,
    peer,
    weights,
    inputs: {
      x: { shape: [batch, length], below: vocabulary },
      y: { shape: [batch * length], below: vocabulary },
    },
    loss: (ops, w, inputs) => {
      let h = ops.add(ops.gather(at(w, 'tokens'), at(inputs, 'x'), 0), at(w, 'places'));
      for (let layer = 0; layer < layers; layer += 1) {
        const one = (part: string) => at(w, `${layer}/${part}`);
        const a = ops.layerNorm(h, one('scale1'), one('offset1'), 1e-5);
        const qkv = ops.affine(a, one('qkv'), one('qkvBias'));
        const [q, k, v] = ops
          .split(qkv, [width, width, width], 2)
          .map((part) => ops.reshape(part, [batch, length, heads, width / heads])) as [
          Tensor,
          Tensor,
          Tensor,
        ];
        const { y } = ops.attention({ q, k, v, scale: 1 / Math.sqrt(width / heads), causal });
        const joined = ops.reshape(y, [batch, length, width]);
        h = ops.add(h, ops.affine(joined, one('out'), one('outBias')));
        const b = ops.layerNorm(h, one('scale2'), one('offset2'), 1e-5);
        const wide = ops.gelu(ops.affine(b, one('up'), one('upBias')));
        h = ops.add(h, ops.affine(wide, one('down'), one('downBias')));
      }
      const last = ops.layerNorm(h, at(w, 'normScale'), at(w, 'normOffset'), 1e-5);
      const logits = ops.affine(last, at(w, 'head'), at(w, 'headBias'));
      return crossEntropy(ops, ops.reshape(logits, [batch * length, vocabulary]), at(inputs, 'y'));
    },
  };
}

/** Eight times the same operation on what a transformer of width 128 has; no peer. */
function repeated(
  name: string,
  width: number,
  weights: OpWorkload['weights'],
  apply: (ops: Ops, x: Tensor, weights: Tensors) => Tensor,
): OpWorkload {
  return {
    name,
    weights: { start: [1024, width], ...weights },
    inputs: {},
    loss: (ops, w) => {
      let x = at(w, 'start');
      for (let index = 0; index < 8; index += 1) x = apply(ops, x, w);
      return ops.mean(ops.square(x));
    },
  };
}

export const opWorkloads: Readonly<Record<string, OpWorkload>> = {
  layerNorm: repeated('8 layer norms [1024, 128]', 128, { scale: [128], offset: [128] }, (ops, x, w) =>
    ops.layerNorm(x, w.scale, w.offset, 1e-5),
  ),
  rmsNorm: repeated('8 RMS norms [1024, 128]', 128, { scale: [128] }, (ops, x, w) =>
    ops.rmsNorm(x, w.scale, 1e-5),
  ),
  gelu: repeated('8 GELUs [1024, 512]', 512, {}, (ops, x) => ops.gelu(x)),
  silu: repeated('8 SiLUs [1024, 512]', 512, {}, (ops, x) => ops.silu(x)),
  lstm: recurrent('lstm', 28, 'lstm28'),
  gru: recurrent('gru', 28, 'gru28'),
  rnn: recurrent('simpleRnn', 28, 'rnn28'),
  lstm200: recurrent('lstm', 200, 'lstm200'),
  gpt: transformer({
    name: 'GPT 4×128',
    peer: 'gpt',
    vocabulary: 65,
    length: 64,
    width: 128,
    heads: 4,
    layers: 4,
    batch: 16,
    causal: true,
  }),
};
