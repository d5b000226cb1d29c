import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops, RecurrentArgs } from '#shared/nodes/ops.ts';
import { fixed, floats, given, type Input, type OpCase, type Tensors } from './opCase.ts';

interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly inputs: number;
  readonly units: number;
}
const small: Sizes = { batch: 2, steps: 4, inputs: 3, units: 2 };

type Cell = 'simpleRnn' | 'relu' | 'lstm' | 'gru';
const gates: Record<Cell, number> = { simpleRnn: 1, relu: 1, lstm: 4, gru: 3 };

/** Of every eight steps five count. */
const maskOf = ({ batch, steps }: Sizes): Input => {
  const pattern = [1, 1, 0, 0, 1, 0, 1, 1];
  const values = Array.from({ length: batch * steps }, (_, place) => pattern[place % 8] ?? 0);
  return fixed(given([batch, steps], values));
};

function inputsOf(cell: Cell, sizes: Sizes, { bias = true, mask = false } = {}): Record<string, Input> {
  const { batch, steps, inputs, units } = sizes;
  const width = gates[cell] * units;
  if (cell === 'relu' && sizes === small) {
    // One unit well above the kink, the other well below.
    return {
      x: floats([batch, steps, inputs], [0.5, 1.5]),
      h: floats([batch, units], [0.2, 0.6]),
      kernel: given([inputs, units], [1, -1, 0.7, -0.8, 0.9, -0.6]),
      recurrent: given([units, units], [0.3, -0.2, 0.1, 0.2]),
      ...(bias && { bias: floats([units], [-0.1, 0.1]) }),
      ...(mask && { mask: maskOf(sizes) }),
    };
  }
  return {
    x: floats([batch, steps, inputs]),
    h: floats([batch, units]),
    ...(cell === 'lstm' && { c: floats([batch, units]) }),
    kernel: floats([inputs, width]),
    recurrent: floats([units, width]),
    ...(bias && { bias: floats([width]) }),
    ...(bias && cell === 'gru' && { recurrentBias: floats([width]) }),
    ...(mask && { mask: maskOf(sizes) }),
  };
}

function run(cell: Cell, ops: Ops, given: Tensors, rest: Partial<RecurrentArgs>): readonly Tensor[] {
  const { x, h, c, kernel, recurrent, bias, recurrentBias, mask } = given as Record<string, Tensor>;
  const args = {
    x: x as Tensor,
    h: h as Tensor,
    kernel: kernel as Tensor,
    recurrent: recurrent as Tensor,
    bias,
    ...(mask && { mask }),
    ...rest,
  };
  if (cell === 'lstm') {
    const result = ops.lstm({ ...args, c: c as Tensor });
    return [result.sequence, result.h, result.c];
  }
  const result =
    cell === 'gru'
      ? ops.gru({ ...args, recurrentBias })
      : ops.simpleRnn({ ...args, activation: cell === 'relu' ? 'relu' : 'tanh' });
  return [result.sequence, result.h];
}

const cells: readonly Cell[] = ['simpleRnn', 'relu', 'lstm', 'gru'];

/** Constant in place of chance: the same on every runtime. */
const halves = (ops: Ops) => ({
  uniform: (shape: readonly number[]) => {
    const count = shape.reduce((product, dim) => product * dim, 1);
    const steps = ops.cumulativeSum(ops.ones([count]), 0);
    const parity = ops.sub(ops.div(steps, ops.scalar(2)), ops.floor(ops.div(steps, ops.scalar(2))));
    return ops.reshape(parity, shape);
  },
  normal: (shape: readonly number[]) => ops.zeros(shape),
  dropped: (x: Tensor) => x,
});

export const recurrentCases = [...casesOf(small), ...cells.filter((cell) => cell !== 'relu').map(oneStep)];

/** A sequence of one step has one part to take apart. */
function oneStep(cell: Cell): OpCase {
  const inputs = inputsOf(cell, { ...small, steps: 1 }, { mask: true });
  return {
    op: cell as OpCase['op'],
    name: 'one step',
    inputs,
    run: (ops, values) => run(cell, ops, values, {}),
  };
}

/** Wide enough for several blocks of every instruction set, with rests, and for several threads. */
export const largeRecurrentCases = casesOf({ batch: 13, steps: 5, inputs: 3, units: 37 });

function casesOf(sizes: Sizes): readonly OpCase[] {
  return cells.flatMap((cell) => casesOfCell(cell, sizes));
}

function casesOfCell(cell: Cell, sizes: Sizes): OpCase[] {
  const op = cell === 'relu' ? 'simpleRnn' : cell;
  const one = (
    name: string,
    settings: { bias?: boolean; mask?: boolean } = {},
    rest: Partial<RecurrentArgs> = {},
  ): OpCase => ({
    op,
    name: cell === 'relu' ? `relu, ${name}` : name,
    inputs: inputsOf(cell, sizes, settings),
    run: (ops, inputs) => run(cell, ops, inputs, rest),
  });
  return [
    one('plain'),
    one('without bias', { bias: false }),
    one('reversed', {}, { reverse: true }),
    one('masked', { mask: true }),
    one('masked and reversed', { mask: true }, { reverse: true }),
    {
      ...one('last state alone'),
      name: cell === 'relu' ? 'relu, last state alone' : 'last state alone',
      run: (ops, inputs) => run(cell, ops, inputs, {})[1] as Tensor,
    },
    {
      ...one('recurrent dropout'),
      name: cell === 'relu' ? 'relu, recurrent dropout' : 'recurrent dropout',
      run: (ops, inputs) => run(cell, ops, inputs, { recurrentDropout: { rate: 0.25, random: halves(ops) } }),
    },
  ];
}
