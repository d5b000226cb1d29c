import type { Tensor } from '@tensorflow/tfjs-core';
import type { AttentionArgs, ConvOptions, Ops, Pool2dOptions } from '#shared/nodes/ops.ts';
import { distinct, fixed, floats, given, type Input, type OpCase, whole } from './opCase.ts';

const two = (
  op: keyof Ops,
  name: string,
  a: Input,
  b: Input,
  run: (ops: Ops, a: Tensor, b: Tensor) => ReturnType<OpCase['run']>,
): OpCase => ({
  op,
  name,
  inputs: { a, b },
  run: (ops, inputs) => run(ops, inputs.a as Tensor, inputs.b as Tensor),
});

const matMul = (a: readonly number[], b: readonly number[]): OpCase =>
  two('matMul', `[${a}]·[${b}]`, floats(a), floats(b), (ops, x, y) => ops.matMul(x, y));
const einsum = (equation: string, ...shapes: readonly (readonly number[])[]): OpCase => ({
  op: 'einsum',
  name: equation,
  inputs: Object.fromEntries(shapes.map((shape, index) => [`x${index}`, floats(shape)])),
  run: (ops, inputs) => ops.einsum(equation, Object.values(inputs)),
});

type Pair = readonly [number, number];
const conv1d = (x: readonly number[], kernel: readonly number[], options: ConvOptions<number>): OpCase =>
  two('conv1d', `[${x}]*[${kernel}] ${JSON.stringify(options)}`, floats(x), floats(kernel), (ops, a, b) =>
    ops.conv1d(a, b, options),
  );
const conv2d = (x: readonly number[], kernel: readonly number[], options: ConvOptions<Pair>): OpCase =>
  two('conv2d', `[${x}]*[${kernel}] ${JSON.stringify(options)}`, floats(x), floats(kernel), (ops, a, b) =>
    ops.conv2d(a, b, options),
  );
const depthwise = (
  x: readonly number[],
  kernel: readonly number[],
  options: Omit<ConvOptions<Pair>, 'groups'>,
): OpCase =>
  two(
    'depthwiseConv2d',
    `[${x}]*[${kernel}] ${JSON.stringify(options)}`,
    floats(x),
    floats(kernel),
    (ops, a, b) => ops.depthwiseConv2d(a, b, options),
  );
const transposed = (
  x: readonly number[],
  kernel: readonly number[],
  options: { strides: Pair; padding: 'same' | 'valid' },
): OpCase =>
  two(
    'convTranspose2d',
    `[${x}]*[${kernel}] ${JSON.stringify(options)}`,
    floats(x),
    floats(kernel),
    (ops, a, b) => ops.convTranspose2d(a, b, options),
  );
const conv3d = (
  x: readonly number[],
  kernel: readonly number[],
  options: ConvOptions<readonly [number, number, number]>,
): OpCase =>
  two('conv3d', `[${x}]*[${kernel}] ${JSON.stringify(options)}`, floats(x), floats(kernel), (ops, a, b) =>
    ops.conv3d(a, b, options),
  );
const transposed3d = (
  x: readonly number[],
  kernel: readonly number[],
  options: Parameters<Ops['convTranspose3d']>[2],
): OpCase =>
  two(
    'convTranspose3d',
    `[${x}]*[${kernel}] ${JSON.stringify(options)}`,
    floats(x),
    floats(kernel),
    (ops, a, b) => ops.convTranspose3d(a, b, options),
  );
const pool = (op: 'maxPool2d' | 'averagePool2d', x: readonly number[], options: Pool2dOptions): OpCase => ({
  op,
  name: `[${x}] ${JSON.stringify(options)}`,
  inputs: { x: distinct(x) },
  run: (ops, inputs) => ops[op](inputs.x as Tensor, options),
});

const attention = (
  name: string,
  shapes: { q: readonly number[]; k: readonly number[]; v: readonly number[]; mask?: Input },
  rest: Partial<AttentionArgs> = {},
): OpCase => ({
  op: 'attention',
  name,
  inputs: {
    q: floats(shapes.q),
    k: floats(shapes.k),
    v: floats(shapes.v),
    ...(shapes.mask && { mask: shapes.mask }),
  },
  run: (ops, { q, k, v, mask }) =>
    ops.attention({
      q: q as Tensor,
      k: k as Tensor,
      v: v as Tensor,
      scale: 0.7,
      ...(mask && { mask }),
      ...rest,
    }),
});

const none = -1e9;
const perChannel = { scale: floats([3], [0.5, 1.5]), offset: floats([3]) };

export const layerCases: readonly OpCase[] = [
  matMul([3, 4], [4, 2]),
  matMul([2, 3, 4], [2, 4, 5]),
  matMul([2, 3, 4], [4, 2]),
  matMul([2, 1, 3, 4], [4, 2]),
  matMul([2, 2, 3, 4], [2, 2, 4, 3]),
  ...(
    [
      [3, 4],
      [2, 3, 4],
      [2, 1, 3, 4],
    ] as const
  ).flatMap((shape): OpCase[] => [
    two('affine', `[${shape}] without bias`, floats(shape), floats([4, 5]), (ops, x, kernel) =>
      ops.affine(x, kernel),
    ),
    {
      op: 'affine',
      name: `[${shape}] with bias`,
      inputs: { x: floats(shape), kernel: floats([4, 5]), bias: floats([5]) },
      run: (ops, { x, kernel, bias }) => ops.affine(x as Tensor, kernel as Tensor, bias),
    },
  ]),
  einsum('ij->ji', [2, 3]),
  einsum('ijk->i', [2, 3, 4]),
  einsum('ij,jk->ik', [2, 3], [3, 4]),
  einsum('bqhd,bkhd->bhqk', [2, 3, 2, 4], [2, 5, 2, 4]),
  einsum('bi,bj->bij', [2, 3], [2, 4]),
  einsum('i,i->', [4], [4]),
  einsum('bij,j->bi', [2, 3, 4], [4]),
  einsum('bi,bi->b', [3, 4], [3, 4]),
  einsum('ik,jk->ij', [2, 3], [4, 3]),
  einsum('ij,k->jk', [2, 3], [4]),
  conv1d([2, 7, 3], [3, 3, 4], { strides: 1, padding: 'same' }),
  conv1d([2, 7, 3], [4, 3, 2], { strides: 2, padding: 'valid' }),
  conv1d([2, 9, 2], [3, 2, 2], { strides: 1, padding: 'same', dilations: 2 }),
  conv1d([1, 6, 4], [2, 2, 6], { strides: 1, padding: 'valid', groups: 2 }),
  conv2d([2, 5, 6, 3], [3, 3, 3, 2], { strides: [1, 1], padding: 'same' }),
  conv2d([2, 6, 5, 2], [3, 2, 2, 3], { strides: [2, 1], padding: 'valid' }),
  conv2d([1, 7, 6, 2], [3, 2, 2, 2], { strides: [2, 2], padding: 'same' }),
  conv2d([1, 9, 8, 2], [3, 2, 2, 3], { strides: [1, 1], padding: 'same', dilations: [2, 3] }),
  conv2d([1, 9, 8, 2], [3, 3, 2, 2], { strides: [1, 1], padding: 'valid', dilations: [2, 2] }),
  conv2d([1, 9, 8, 2], [3, 3, 2, 2], { strides: [2, 2], padding: 'same', dilations: [2, 2] }),
  conv2d([2, 5, 4, 6], [3, 3, 2, 9], { strides: [1, 1], padding: 'same', groups: 3 }),
  conv2d([1, 6, 6, 4], [3, 3, 2, 4], {
    strides: [2, 2],
    padding: 'same',
    groups: 2,
    dilations: [1, 1],
  }),
  conv2d([1, 7, 7, 4], [3, 3, 2, 4], { strides: [1, 1], padding: 'same', groups: 2, dilations: [2, 2] }),
  conv2d([2, 4, 4, 3], [1, 1, 3, 5], { strides: [1, 1], padding: 'valid' }),
  conv3d([1, 4, 5, 4, 2], [2, 3, 2, 2, 3], { strides: [1, 1, 1], padding: 'same' }),
  conv3d([1, 5, 4, 5, 2], [2, 2, 3, 2, 2], { strides: [2, 1, 2], padding: 'valid' }),
  conv3d([2, 3, 4, 3, 1], [3, 3, 3, 1, 2], { strides: [1, 2, 1], padding: 'same' }),
  conv3d([1, 5, 4, 6, 4], [2, 2, 3, 2, 4], {
    strides: [1, 1, 1],
    padding: 'same',
    dilations: [2, 1, 2],
    groups: 2,
  }),
  transposed([2, 3, 4, 3], [3, 3, 2, 3], { strides: [2, 2], padding: 'same' }),
  transposed([1, 3, 2, 2], [4, 3, 3, 2], { strides: [2, 1], padding: 'valid' }),
  transposed([1, 4, 4, 2], [4, 4, 1, 2], { strides: [2, 2], padding: 'same' }),
  transposed([1, 3, 3, 2], [2, 2, 2, 2], { strides: [3, 3], padding: 'valid' }),
  conv3d([1, 4, 5, 4, 2], [1, 2, 3, 2, 2], { strides: [2, 3, 2], padding: 'same' }),
  transposed3d([1, 2, 3, 2, 2], [1, 2, 3, 2, 2], { strides: [2, 3, 2], padding: 'same' }),
  transposed3d([1, 2, 3, 2, 3], [2, 3, 2, 2, 3], { strides: [2, 2, 1], padding: 'same' }),
  transposed3d([2, 2, 2, 3, 1], [3, 2, 4, 2, 1], { strides: [1, 3, 2], padding: 'valid' }),
  depthwise([2, 5, 6, 3], [3, 3, 3, 1], { strides: [1, 1], padding: 'same' }),
  depthwise([1, 6, 5, 2], [3, 2, 2, 3], { strides: [1, 1], padding: 'valid' }),
  depthwise([1, 6, 6, 2], [3, 3, 2, 2], { strides: [2, 2], padding: 'same' }),
  depthwise([1, 8, 9, 2], [3, 2, 2, 2], { strides: [1, 1], padding: 'same', dilations: [2, 2] }),
  depthwise([1, 7, 9, 2], [3, 2, 2, 2], { strides: [2, 4], padding: 'same' }),
  depthwise([1, 6, 8, 2], [3, 3, 2, 1], { strides: [1, 3], padding: 'valid' }),
  ...(['maxPool2d', 'averagePool2d'] as const).flatMap((op) => [
    pool(op, [2, 4, 4, 2], { size: [2, 2], strides: [2, 2], padding: 'valid' }),
    pool(op, [1, 7, 6, 2], { size: [3, 2], strides: [2, 1], padding: 'same' }),
    pool(op, [1, 5, 5, 2], { size: [3, 3], strides: [1, 1], padding: 'same' }),
    pool(op, [1, 5, 6, 1], { size: [3, 2], strides: [1, 2], padding: 'valid' }),
  ]),
  ...(
    [
      [8, 3],
      [2, 4, 3, 3],
      [4, 2, 3],
    ] as const
  ).flatMap((shape): OpCase[] => [
    {
      op: 'batchNormTraining',
      name: `[${shape}]`,
      inputs: { x: floats(shape), ...perChannel },
      run: (ops, { x, scale, offset }) =>
        ops.batchNormTraining(x as Tensor, scale as Tensor, offset as Tensor, 1e-3).y,
    },
    {
      op: 'batchNormTraining',
      name: `moments of [${shape}]`,
      inputs: { x: floats(shape), ...perChannel },
      run: (ops, { x, scale, offset }) => {
        const { mean, variance } = ops.batchNormTraining(
          x as Tensor,
          scale as Tensor,
          offset as Tensor,
          1e-3,
        );
        return { mean, variance };
      },
      noGradient: true,
    },
    {
      op: 'batchNormInference',
      name: `[${shape}]`,
      inputs: { x: floats(shape), mean: floats([3]), variance: floats([3], [0.5, 2]), ...perChannel },
      run: (ops, { x, mean, variance, scale, offset }) =>
        ops.batchNormInference(
          x as Tensor,
          { mean: mean as Tensor, variance: variance as Tensor },
          scale as Tensor,
          offset as Tensor,
          1e-3,
        ),
    },
  ]),
  ...(
    [
      [4, 5],
      [2, 3, 5],
      [2, 2, 3, 5],
    ] as const
  ).flatMap((shape): OpCase[] => [
    {
      op: 'layerNorm',
      name: `[${shape}]`,
      inputs: { x: floats(shape), scale: floats([5], [0.5, 1.5]), offset: floats([5]) },
      run: (ops, { x, scale, offset }) => ops.layerNorm(x as Tensor, scale, offset, 1e-5),
    },
    {
      op: 'rmsNorm',
      name: `[${shape}]`,
      inputs: { x: floats(shape), scale: floats([5], [0.5, 1.5]) },
      run: (ops, { x, scale }) => ops.rmsNorm(x as Tensor, scale, 1e-5),
    },
  ]),
  {
    op: 'layerNorm',
    name: 'without scale and offset',
    inputs: { x: floats([3, 6]) },
    run: (ops, { x }) => ops.layerNorm(x as Tensor, undefined, undefined, 1e-5),
  },
  {
    op: 'layerNorm',
    name: 'with a scale alone',
    inputs: { x: floats([3, 6]), scale: floats([6]) },
    run: (ops, { x, scale }) => ops.layerNorm(x as Tensor, scale, undefined, 1e-5),
  },
  {
    op: 'rmsNorm',
    name: 'without scale',
    inputs: { x: floats([3, 6]) },
    run: (ops, { x }) => ops.rmsNorm(x as Tensor, undefined, 1e-5),
  },
  attention('of itself', { q: [2, 3, 2, 4], k: [2, 3, 2, 4], v: [2, 3, 2, 4] }),
  attention('of something else', { q: [1, 3, 2, 4], k: [1, 5, 2, 4], v: [1, 5, 2, 3] }),
  attention('causal', { q: [2, 4, 1, 3], k: [2, 4, 1, 3], v: [2, 4, 1, 3] }, { causal: true }),
  attention('with a mask of keys', {
    q: [2, 3, 2, 4],
    k: [2, 3, 2, 4],
    v: [2, 3, 2, 5],
    mask: fixed(given([2, 1, 1, 3], [0, 0, none, 0, none, none])),
  }),
  attention(
    'with a bias',
    { q: [2, 3, 2, 4], k: [2, 3, 2, 4], v: [2, 3, 2, 4], mask: floats([2, 3, 3]) },
    { causal: true },
  ),
  {
    op: 'attention',
    name: 'weights unused',
    inputs: { q: floats([2, 3, 2, 4]), k: floats([2, 3, 2, 4]), v: floats([2, 3, 2, 4]) },
    run: (ops, { q, k, v }) =>
      ops.attention({ q: q as Tensor, k: k as Tensor, v: v as Tensor, scale: 0.5, causal: true }).y,
  },
  {
    op: 'sigmoidCrossEntropy',
    name: 'with yes counting more',
    inputs: { logits: floats([3, 5], [-3, 3]), targets: floats([3, 5], [0, 1]) },
    run: (ops, { logits, targets }) => ops.sigmoidCrossEntropy(logits as Tensor, targets as Tensor, 1.7),
  },
  {
    op: 'sparseSoftmaxCrossEntropy',
    name: '[4,3]',
    inputs: { logits: floats([4, 3], [-2, 2]), labels: whole([4], [0, 2, 1, 2]) },
    run: (ops, { logits, labels }) => ops.sparseSoftmaxCrossEntropy(logits as Tensor, labels as Tensor),
  },
];
