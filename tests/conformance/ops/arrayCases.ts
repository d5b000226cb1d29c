import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { distinct, floats, given, type Input, type OpCase, whole } from './opCase.ts';

type Reduction = 'sum' | 'mean' | 'max' | 'min' | 'logSumExp';
const reductions: readonly Reduction[] = ['sum', 'mean', 'max', 'min', 'logSumExp'];
const reduce = (
  op: Reduction,
  shape: readonly number[],
  axes?: readonly number[],
  keepDims?: boolean,
): OpCase => ({
  op,
  name: `[${shape}] over ${axes ?? 'all'}${keepDims ? ', kept' : ''}`,
  inputs: { x: distinct(shape) },
  run: (ops, { x }) => ops[op](x as Tensor, axes, keepDims),
});

const of = (
  op: keyof Ops,
  name: string,
  x: Input,
  run: (ops: Ops, x: Tensor) => ReturnType<OpCase['run']>,
): OpCase => ({
  op,
  name,
  inputs: { x },
  run: (ops, inputs) => run(ops, inputs.x as Tensor),
});

const several = (op: 'concat' | 'stack', shapes: readonly (readonly number[])[], axis: number): OpCase => ({
  op,
  name: `${shapes.map((shape) => `[${shape}]`).join(' ')} at ${axis}`,
  inputs: Object.fromEntries(shapes.map((shape, index) => [`x${index}`, floats(shape)])),
  run: (ops, inputs) => ops[op](Object.values(inputs), axis),
});

const pad = (
  shape: readonly number[],
  paddings: readonly (readonly [number, number])[],
  mode: 'constant' | 'reflect' | 'symmetric',
  value?: number,
): OpCase =>
  of('pad', `[${shape}] ${mode} ${JSON.stringify(paddings)} ${value ?? ''}`, floats(shape), (ops, x) =>
    ops.pad(x, paddings, mode, value),
  );

const segments = whole([6], [3, 0, 0, 3, 1, 3]);

export const arrayCases: readonly OpCase[] = [
  ...reductions.flatMap((op) => [
    reduce(op, [3, 4]),
    reduce(op, [2, 3, 4], [1]),
    reduce(op, [2, 3, 4], [0, 2], true),
    reduce(op, [2, 3, 2, 2], [1, 2]),
    reduce(op, [3, 5], [-1], true),
    reduce(op, [2, 1, 3, 2, 2], [-1, 0]),
  ]),
  {
    ...of('max', 'of ties', given([2, 3], [1, 1, 0, 2, 3, 3]), (ops, x) => ops.max(x, [1])),
    gradientIsItsOwn: true,
  },
  ...[false, true].flatMap((exclusive) =>
    [false, true].flatMap((reverse) =>
      [0, 1, -1].map((axis) =>
        of(
          'cumulativeSum',
          `[2,3,4] at ${axis}, exclusive ${exclusive}, reverse ${reverse}`,
          floats([2, 3, 4]),
          (ops, x) => ops.cumulativeSum(ops.square(x), axis, { exclusive, reverse }),
        ),
      ),
    ),
  ),
  ...[0, 1, -1].map(
    (axis): OpCase => ({
      ...of('argMax', `[3,4] at ${axis}`, distinct([3, 4]), (ops, x) => ops.argMax(x, axis)),
      noGradient: true,
    }),
  ),
  of('topK', '2 of [7]', distinct([7]), (ops, x) => ops.topK(x, 2).values),
  of('topK', '3 of [2,3,5]', distinct([2, 3, 5]), (ops, x) => ops.topK(ops.exp(x), 3).values),
  { ...of('topK', 'places', distinct([3, 5]), (ops, x) => ops.topK(x, 2).indices), noGradient: true },
  {
    op: 'topK',
    name: 'largest number among others of the other sign and huge',
    inputs: { x: given([2, 3], [-1e9, -2, -3, 1e9, -1e9, 4]) },
    run: (ops, { x }) => ops.topK(x as Tensor, 2).values,
    noGradient: true,
  },
  of('reshape', '[2,6] to [3,-1]', floats([2, 6]), (ops, x) => ops.reshape(x, [3, -1])),
  of('reshape', '[] to [1,1]', floats([]), (ops, x) => ops.reshape(x, [1, 1])),
  of('transpose', '[2,3,4]', floats([2, 3, 4]), (ops, x) => ops.transpose(x, [2, 0, 1])),
  of('transpose', '[2,1,3,2,2]', floats([2, 1, 3, 2, 2]), (ops, x) => ops.transpose(x, [4, 2, 0, 1, 3])),
  several(
    'concat',
    [
      [2, 3],
      [2, 1],
      [2, 4],
    ],
    1,
  ),
  several(
    'concat',
    [
      [2, 3],
      [2, 1],
    ],
    -1,
  ),
  several('concat', [[3], [2]], 0),
  several('concat', [[2, 2]], 0),
  several(
    'stack',
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    0,
  ),
  several(
    'stack',
    [
      [2, 3],
      [2, 3],
    ],
    2,
  ),
  several(
    'stack',
    [
      [2, 3],
      [2, 3],
    ],
    -1,
  ),
  several('stack', [[], []], 0),
  ...[0, 1, 2, -1].map((axis) =>
    of('unstack', `[2,3,4] at ${axis}`, floats([2, 3, 4]), (ops, x) => ops.unstack(x, axis)),
  ),
  of('unstack', 'only one used', floats([3, 4]), (ops, x) => ops.square(ops.unstack(x, 0)[1] as Tensor)),
  of('slice', '[3,4] at [1,2]', floats([3, 4]), (ops, x) => ops.slice(x, [1, 2], [2, -1])),
  of('slice', 'five axes', floats([2, 2, 3, 2, 2]), (ops, x) =>
    ops.slice(x, [0, 1, 1, 0, 0], [-1, 1, 2, 2, 1]),
  ),
  of('split', '[2,7] into 1, 4, 2', floats([2, 7]), (ops, x) => ops.split(x, [1, 4, 2], 1)),
  of('unstack', 'a single part', floats([3, 1, 4]), (ops, x) => ops.unstack(x, 1)),
  of('split', 'a single part', floats([2, 7]), (ops, x) => ops.split(x, [7], 1)),
  of('split', '[5,2] at 0', floats([5, 2]), (ops, x) => ops.split(x, [2, 3], 0)),
  of('split', 'last axis', floats([2, 3, 6]), (ops, x) => ops.split(x, [3, 3], -1)),
  pad(
    [2, 3],
    [
      [1, 0],
      [2, 1],
    ],
    'constant',
  ),
  pad([3], [[2, 2]], 'constant', -1.5),
  pad(
    [2, 3, 2, 2],
    [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ],
    'constant',
  ),
  pad(
    [1, 2, 2, 2, 1],
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ],
    'constant',
  ),
  pad(
    [3, 4],
    [
      [2, 1],
      [0, 3],
    ],
    'reflect',
  ),
  pad(
    [3, 4],
    [
      [3, 1],
      [0, 4],
    ],
    'symmetric',
  ),
  pad(
    [1, 4, 3, 2],
    [
      [0, 0],
      [1, 2],
      [2, 1],
      [0, 0],
    ],
    'reflect',
  ),
  of('tile', '[2,3] by [2,3]', floats([2, 3]), (ops, x) => ops.tile(x, [2, 3])),
  of('tile', 'five axes', floats([1, 2, 1, 2, 1]), (ops, x) => ops.tile(x, [2, 1, 3, 2, 1])),
  of('broadcastTo', '[3] to [2,3]', floats([3]), (ops, x) => ops.broadcastTo(x, [2, 3])),
  of('broadcastTo', '[2,1,3,1] to [2,4,3,2]', floats([2, 1, 3, 1]), (ops, x) =>
    ops.broadcastTo(x, [2, 4, 3, 2]),
  ),
  of('broadcastTo', 'five axes', floats([2, 1, 1, 2, 1]), (ops, x) => ops.broadcastTo(x, [2, 2, 3, 2, 1])),
  of('broadcastTo', '[] to [3,2]', floats([]), (ops, x) => ops.broadcastTo(x, [3, 2])),
  of('broadcastTo', 'the same shape', floats([3, 2]), (ops, x) => ops.broadcastTo(x, [3, 2])),
  of('reverse', '[2,3,4]', floats([2, 3, 4]), (ops, x) => ops.reverse(x, [0, 2])),
  of('reverse', 'last', floats([2, 3]), (ops, x) => ops.reverse(x, [-1])),
  ...(
    [
      [[5, 3], 0, [4], [4, 0, 0, 2]],
      [[2, 5, 3], 1, [2, 2], [4, 0, 1, 1]],
      [[2, 3, 4], 2, [3], [0, 3, 1]],
      [[2, 3, 4], -1, [1, 2, 1], [2, 2]],
      [[6], 0, [], [3]],
    ] as const
  ).map(
    ([shape, axis, places, values]): OpCase => ({
      op: 'gather',
      name: `[${shape}] at ${axis} by [${places}]`,
      inputs: { x: floats(shape), indices: whole(places, values) },
      run: (ops, { x, indices }) => ops.gather(ops.square(x as Tensor), indices as Tensor, axis),
    }),
  ),
  ...(['segmentSum', 'segmentMax'] as const).flatMap((op): OpCase[] => [
    {
      op,
      name: 'rows',
      inputs: { x: distinct([6, 3]), segments },
      run: (ops, { x, segments: ids }) => ops[op](ops.exp(x as Tensor), ids as Tensor, 5),
    },
    {
      op,
      name: 'numbers',
      inputs: { x: distinct([6]), segments },
      run: (ops, { x, segments: ids }) => ops[op](x as Tensor, ids as Tensor, 4),
    },
    {
      op,
      name: 'two axes',
      inputs: { x: distinct([6, 2, 2]), segments },
      run: (ops, { x, segments: ids }) => ops[op](x as Tensor, ids as Tensor, 4),
    },
  ]),
  {
    op: 'segmentMax',
    name: 'of negative numbers, an empty segment is zero',
    inputs: { x: given([3, 1], [-3, -1, -2]), segments: whole([3], [0, 0, 2]) },
    run: (ops, { x, segments: ids }) => ops.segmentMax(x as Tensor, ids as Tensor, 4),
  },
  ...(
    [
      [
        [2, 3, 4, 2],
        [6, 8],
      ],
      [
        [1, 3, 5, 1],
        [5, 3],
      ],
      [
        [1, 6, 4, 2],
        [3, 2],
      ],
      [
        [2, 2, 3, 1],
        [7, 3],
      ],
    ] as const
  ).flatMap(([shape, target]) =>
    (['resizeNearest', 'resizeBilinear'] as const).map((op) =>
      of(op, `[${shape}] to ${target}`, floats(shape), (ops, x) => ops[op](x, target)),
    ),
  ),
  of('depthToSpace', 'blocks of 2', floats([2, 2, 3, 8]), (ops, x) => ops.depthToSpace(x, 2)),
  of('depthToSpace', 'blocks of 3', floats([1, 2, 1, 9]), (ops, x) => ops.depthToSpace(x, 3)),
  ...([[4], [2, 2], []] as const).map(
    (shape): OpCase => ({
      op: 'oneHot',
      name: `[${shape}]`,
      inputs: { x: whole(shape, [2, 0, 4, 7].slice(0, shape.length === 0 ? 1 : 4)) },
      run: (ops, { x }) => ops.oneHot(x as Tensor, 5),
      noGradient: true,
    }),
  ),
  {
    op: 'oneHot',
    name: 'a single class',
    inputs: { x: whole([2, 2], [0, 1, 2, 0]) },
    run: (ops, { x }) => ops.oneHot(x as Tensor, 1),
    noGradient: true,
  },
];
