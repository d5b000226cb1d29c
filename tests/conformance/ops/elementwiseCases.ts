import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { distinct, fixed, floats, given, type Input, type OpCase, whole } from './opCase.ts';

type UnaryOp = {
  [Name in keyof Ops]: Ops[Name] extends (x: Tensor) => Tensor ? Name : never;
}[keyof Ops];
type BinaryOp = {
  [Name in keyof Ops]: Ops[Name] extends (a: Tensor, b: Tensor) => Tensor ? Name : never;
}[keyof Ops];

const unary = (op: UnaryOp, x: Input, rest: Partial<OpCase> = {}): OpCase => ({
  op,
  name: `[${x.shape}]`,
  inputs: { x },
  run: (ops, inputs) => (ops[op] as (x: Tensor) => Tensor)(inputs.x as Tensor),
  ...rest,
});

const binary = (op: BinaryOp, a: Input, b: Input, rest: Partial<OpCase> = {}): OpCase => ({
  op,
  name: `[${a.shape}] and [${b.shape}]`,
  inputs: { a, b },
  run: (ops, inputs) => (ops[op] as (a: Tensor, b: Tensor) => Tensor)(inputs.a as Tensor, inputs.b as Tensor),
  ...rest,
});

const positive: readonly [number, number] = [0.5, 2];
/** Shapes that go together in every way that broadcasting allows. */
const pairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[2, 3, 4], [4]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2, 3]],
  [
    [2, 1, 3],
    [5, 1],
  ],
];
const arithmetic = (['add', 'sub', 'mul'] as const).flatMap((op) =>
  pairs.map(([a, b]) => binary(op, floats(a), floats(b))),
);
const comparisons = (['equal', 'notEqual', 'greater', 'greaterEqual', 'less', 'lessEqual'] as const).map(
  (op) => binary(op, given([2, 3], [1, 2, 3, 4, 5, 6]), given([3], [1, 5, 3]), { noGradient: true }),
);
const truth = (input: Tensor | undefined, ops: Ops): Tensor => ops.cast(input as Tensor, 'bool');

export const elementwiseCases: readonly OpCase[] = [
  { op: 'scalar', name: 'alone', inputs: {}, run: (ops) => ops.scalar(2.5), noGradient: true },
  { op: 'zeros', name: '[2,3]', inputs: {}, run: (ops) => ops.zeros([2, 3]), noGradient: true },
  { op: 'ones', name: '[5,7]', inputs: {}, run: (ops) => ops.ones([5, 7]), noGradient: true },
  ...arithmetic,
  ...pairs.map(([a, b]) => binary('div', floats(a), floats(b, positive))),
  ...pairs.map(([a, b]) => binary('pow', floats(a, positive), floats(b))),
  ...pairs.slice(0, 4).map(([a, b]) => binary('maximum', distinct(a), floats(b, [2.1, 3]))),
  ...pairs.slice(0, 4).map(([a, b]) => binary('minimum', distinct(a), floats(b, [2.1, 3]))),
  binary('maximum', given([4], [1, -1, 3, 0.5]), given([4], [0, 2, 1, 0.8])),
  binary('minimum', given([4], [1, -1, 3, 0.5]), given([4], [0, 2, 1, 0.8])),
  unary('neg', floats([2, 3])),
  unary('abs', distinct([3, 5])),
  unary('square', floats([2, 3])),
  unary('sqrt', floats([2, 3], positive)),
  unary('rsqrt', floats([2, 3], positive)),
  unary('exp', floats([2, 3])),
  unary('log', floats([2, 3], positive)),
  unary('floor', given([4], [-1.3, 0.4, 1.6, 2.2])),
  unary('round', given([4], [-1.3, 0.4, 1.6, 2.2])),
  unary('sign', distinct([3, 3])),
  unary('sin', floats([7], [-3, 3])),
  unary('cos', floats([7], [-3, 3])),
  unary('erf', floats([3, 3], [-2, 2])),
  unary('log1p', floats([5], [-0.5, 1])),
  unary('expm1', floats([5])),
  {
    op: 'clip',
    name: 'inside and outside',
    inputs: { x: distinct([4, 5]) },
    run: (ops, { x }) => ops.clip(x as Tensor, -1.15, 0.85),
  },
  unary('relu', distinct([3, 5])),
  unary('relu', distinct([2, 3, 2, 2])),
  {
    op: 'leakyRelu',
    name: 'alpha 0.3',
    inputs: { x: distinct([3, 5]) },
    run: (ops, { x }) => ops.leakyRelu(x as Tensor, 0.3),
  },
  unary('elu', distinct([3, 5])),
  unary('selu', distinct([3, 5])),
  unary('gelu', floats([3, 5], [-3, 3])),
  unary('silu', floats([3, 5], [-3, 3])),
  unary('softplus', floats([3, 5], [-3, 3])),
  unary('sigmoid', floats([3, 5], [-3, 3])),
  unary('tanh', floats([3, 5], [-2, 2])),
  unary('softmax', floats([3, 5], [-2, 2])),
  unary('softmax', floats([2, 3, 4], [-2, 2])),
  unary('logSoftmax', floats([3, 5], [-2, 2])),
  unary('logSoftmax', floats([2, 3, 4], [-2, 2])),
  ...comparisons,
  {
    op: 'equal',
    name: 'integers',
    inputs: { a: whole([3], [1, 2, 3]), b: whole([3], [1, 0, 3]) },
    run: (ops, { a, b }) => ops.equal(a as Tensor, b as Tensor),
    noGradient: true,
  },
  {
    op: 'greater',
    name: 'as a factor',
    inputs: { x: distinct([3, 4]) },
    run: (ops, { x }) =>
      ops.mul(ops.square(x as Tensor), ops.cast(ops.greater(x as Tensor, ops.scalar(0)), 'float32')),
  },
  ...(['logicalAnd', 'logicalOr'] as const).map(
    (op): OpCase => ({
      op,
      name: 'all four',
      inputs: { a: whole([4], [0, 0, 1, 1]), b: whole([4], [0, 1, 0, 1]) },
      run: (ops, { a, b }) => ops[op](truth(a, ops), truth(b, ops)),
      noGradient: true,
    }),
  ),
  {
    op: 'logicalNot',
    name: 'both',
    inputs: { x: whole([2], [0, 1]) },
    run: (ops, { x }) => ops.logicalNot(truth(x, ops)),
    noGradient: true,
  },
  {
    op: 'select',
    name: 'same shapes',
    inputs: { c: whole([2, 3], [0, 1, 1, 0, 0, 1]), a: floats([2, 3]), b: floats([2, 3]) },
    run: (ops, { c, a, b }) => ops.select(truth(c, ops), ops.square(a as Tensor), ops.square(b as Tensor)),
  },
  {
    op: 'select',
    name: 'broadcast',
    inputs: { c: whole([3], [0, 1, 1]), a: floats([2, 3]), b: floats([]) },
    run: (ops, { c, a, b }) => ops.select(truth(c, ops), ops.square(a as Tensor), ops.square(b as Tensor)),
  },
  {
    op: 'select',
    name: 'a condition wider than the branches',
    inputs: { c: whole([2, 1, 3], [0, 1, 1, 1, 0, 0]), a: floats([4, 1]), b: floats([3]) },
    run: (ops, { c, a, b }) => ops.select(truth(c, ops), ops.square(a as Tensor), ops.square(b as Tensor)),
  },
  {
    op: 'select',
    name: 'stretched over five axes',
    inputs: { c: whole([2, 1, 2], [0, 1, 1, 0]), a: floats([1, 3, 1, 2, 1]), b: floats([2]) },
    run: (ops, { c, a, b }) => ops.select(truth(c, ops), ops.square(a as Tensor), ops.square(b as Tensor)),
  },
  {
    op: 'select',
    name: 'by its own value',
    inputs: { x: distinct([3, 4]) },
    run: (ops, { x }) =>
      ops.select(ops.greater(x as Tensor, ops.scalar(0)), ops.square(x as Tensor), ops.exp(x as Tensor)),
  },
  ...(['int32', 'bool', 'float32'] as const).map(
    (dtype): OpCase => ({
      op: 'cast',
      name: `float32 to ${dtype}`,
      inputs: { x: fixed(given([4], [-1.7, 0, 1.2, 3])) },
      run: (ops, { x }) => ops.cast(x as Tensor, dtype),
      noGradient: true,
    }),
  ),
  {
    op: 'cast',
    name: 'there and back has no gradient',
    inputs: { x: distinct([4]) },
    run: (ops, { x }) =>
      ops.add(ops.cast(ops.cast(x as Tensor, 'int32'), 'float32'), ops.square(x as Tensor)),
  },
  {
    op: 'stopGradient',
    name: 'of a part',
    inputs: { x: floats([4]) },
    run: (ops, { x }) => ops.mul(ops.stopGradient(ops.exp(x as Tensor)), x as Tensor),
    gradientIsItsOwn: true,
  },
  {
    op: 'reverseGradient',
    name: 'times 0.3',
    inputs: { x: floats([4]) },
    run: (ops, { x }) => ops.reverseGradient(ops.square(x as Tensor), 0.3),
    gradientIsItsOwn: true,
  },
];
