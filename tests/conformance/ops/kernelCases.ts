import { fixed, floats, given, type Input, type OpCase, whole } from './opCase.ts';
import { largeRecurrentCases } from './recurrentCases.ts';

const of = (inputs: Parameters<OpCase['run']>[1], name: string) => {
  const tensor = inputs[name];
  if (!tensor) throw new Error(`no ${name}`);
  return tensor;
};

function convolution(
  name: string,
  {
    image,
    kernel,
    strides = [1, 1],
    padding,
  }: {
    image: readonly number[];
    kernel: readonly number[];
    strides?: readonly [number, number];
    padding: 'same' | 'valid';
  },
): OpCase {
  return {
    op: 'conv2d',
    name,
    inputs: { x: floats(image), kernel: floats(kernel) },
    run: (ops, inputs) => ops.conv2d(of(inputs, 'x'), of(inputs, 'kernel'), { strides, padding }),
  };
}

const hiddenKey = (keys: number, hidden: number): Input =>
  fixed(
    given(
      [1, 1, 1, keys],
      Array.from({ length: keys }, (_, key) => (key === hidden ? -1e9 : 0)),
    ),
  );

function attention(
  name: string,
  { queries, keys, size }: { queries: number; keys: number; size: number },
  { mask, causal = false }: { mask?: Input; causal?: boolean } = {},
): OpCase {
  const heads = 3;
  return {
    op: 'attention',
    name,
    inputs: {
      q: floats([2, queries, heads, size]),
      k: floats([2, keys, heads, size]),
      v: floats([2, keys, heads, size + 2]),
      ...(mask && { mask }),
    },
    run: (ops, inputs) =>
      ops.attention({
        q: of(inputs, 'q'),
        k: of(inputs, 'k'),
        v: of(inputs, 'v'),
        scale: 0.7,
        causal,
        ...(inputs.mask && { mask: inputs.mask }),
      }),
  };
}

/**
 * Operations that the addon has kernels for, wide and deep enough for several blocks of every instruction
 * set, with rests, and for several threads.
 */
export const kernelCases: readonly OpCase[] = [
  ...largeRecurrentCases,
  ...[
    [70, 300, 75],
    [131, 17, 9],
    [5, 600, 130],
    [1, 1, 1],
  ].map(
    ([rows = 1, depth = 1, columns = 1]): OpCase => ({
      op: 'matMul',
      name: `${rows}×${depth}×${columns}`,
      inputs: { a: floats([rows, depth]), b: floats([depth, columns]) },
      run: (ops, inputs) => ops.matMul(of(inputs, 'a'), of(inputs, 'b')),
    }),
  ),
  {
    op: 'affine',
    name: 'of three axes',
    inputs: { x: floats([7, 11, 40]), kernel: floats([40, 53]), bias: floats([53]) },
    run: (ops, inputs) => ops.affine(of(inputs, 'x'), of(inputs, 'kernel'), of(inputs, 'bias')),
  },
  ...(['gelu', 'silu', 'softplus'] as const).map(
    (op): OpCase => ({
      op,
      name: 'of two pieces',
      inputs: { x: floats([151, 130], [-6, 6]) },
      run: (ops, inputs) => ops[op](of(inputs, 'x')),
    }),
  ),
  {
    op: 'sigmoidCrossEntropy',
    name: 'of two pieces',
    inputs: { x: floats([151, 130], [-30, 30]), t: floats([151, 130], [0, 1]) },
    run: (ops, inputs) => ops.sigmoidCrossEntropy(of(inputs, 'x'), of(inputs, 't'), 1.5),
  },
  {
    op: 'layerNorm',
    name: 'of odd rows',
    inputs: { x: floats([9, 61, 37]), scale: floats([37]), offset: floats([37]) },
    run: (ops, inputs) => ops.layerNorm(of(inputs, 'x'), of(inputs, 'scale'), of(inputs, 'offset'), 1e-5),
  },
  {
    op: 'batchNormTraining',
    name: 'of several pieces',
    inputs: { x: floats([7, 31, 23, 37]), scale: floats([37]), offset: floats([37]) },
    run: (ops, inputs) => {
      const { y, mean, variance } = ops.batchNormTraining(
        of(inputs, 'x'),
        of(inputs, 'scale'),
        of(inputs, 'offset'),
        1e-3,
      );
      return [y, mean, variance];
    },
  },
  {
    op: 'rmsNorm',
    name: 'of odd rows',
    inputs: { x: floats([9, 61, 37]), scale: floats([37]) },
    run: (ops, inputs) => ops.rmsNorm(of(inputs, 'x'), of(inputs, 'scale'), 1e-5),
  },
  convolution('of one channel', { image: [9, 28, 27, 1], kernel: [3, 3, 1, 37], padding: 'valid' }),
  convolution('of three channels, in strides', {
    image: [2, 14, 11, 3],
    kernel: [5, 4, 3, 19],
    strides: [2, 3],
    padding: 'same',
  }),
  convolution('that leaves an edge out', {
    image: [5, 9, 9, 4],
    kernel: [1, 1, 4, 3],
    strides: [5, 3],
    padding: 'valid',
  }),
  attention('of two pieces', { queries: 53, keys: 53, size: 19 }),
  attention('of two pieces, causal', { queries: 53, keys: 53, size: 19 }, { causal: true }),
  attention('of more keys, causal', { queries: 7, keys: 71, size: 33 }, { causal: true }),
  attention('of a hidden key', { queries: 9, keys: 21, size: 3 }, { mask: hiddenKey(21, 4) }),
  attention('of a mask for each head', { queries: 9, keys: 21, size: 3 }, { mask: floats([1, 3, 9, 21]) }),
  ...[
    [19, 23],
    [37, 3],
    [5, 16],
  ].map(
    ([rows = 1, width = 1]): OpCase => ({
      op: 'sparseSoftmaxCrossEntropy',
      name: `of ${rows} rows of ${width}`,
      inputs: {
        logits: floats([rows, width], [-20, 20]),
        labels: fixed(
          whole(
            [rows],
            Array.from({ length: rows }, (_, row) => (row * 7) % width),
          ),
        ),
      },
      run: (ops, inputs) => ops.sparseSoftmaxCrossEntropy(of(inputs, 'logits'), of(inputs, 'labels')),
    }),
  ),
];
