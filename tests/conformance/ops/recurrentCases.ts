import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops, RecurrentArgs } from '#shared/nodes/ops.ts';
import { fixed, floats, given, type Input, type OpCase, type Tensors } from './opCase.ts';

const BATCH = 2;
const STEPS = 4;
const INPUTS = 3;
const UNITS = 2;

type Cell = 'simpleRnn' | 'relu' | 'lstm' | 'gru';
const gates: Record<Cell, number> = { simpleRnn: 1, relu: 1, lstm: 4, gru: 3 };

const masked = fixed(given([BATCH, STEPS], [1, 1, 0, 0, 1, 0, 1, 1]));

function inputsOf(cell: Cell, { bias = true, mask = false } = {}): Record<string, Input> {
  const width = gates[cell] * UNITS;
  if (cell === 'relu') {
    // One unit well above the kink, the other well below.
    return {
      x: floats([BATCH, STEPS, INPUTS], [0.5, 1.5]),
      h: floats([BATCH, UNITS], [0.2, 0.6]),
      kernel: given([INPUTS, UNITS], [1, -1, 0.7, -0.8, 0.9, -0.6]),
      recurrent: given([UNITS, UNITS], [0.3, -0.2, 0.1, 0.2]),
      ...(bias && { bias: floats([UNITS], [-0.1, 0.1]) }),
      ...(mask && { mask: masked }),
    };
  }
  return {
    x: floats([BATCH, STEPS, INPUTS]),
    h: floats([BATCH, UNITS]),
    ...(cell === 'lstm' && { c: floats([BATCH, UNITS]) }),
    kernel: floats([INPUTS, width]),
    recurrent: floats([UNITS, width]),
    ...(bias && { bias: floats([width]) }),
    ...(bias && cell === 'gru' && { recurrentBias: floats([width]) }),
    ...(mask && { mask: masked }),
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
});

export const recurrentCases: readonly OpCase[] = cells.flatMap((cell): OpCase[] => {
  const op = cell === 'relu' ? 'simpleRnn' : cell;
  const one = (
    name: string,
    settings: { bias?: boolean; mask?: boolean } = {},
    rest: Partial<RecurrentArgs> = {},
  ): OpCase => ({
    op,
    name: cell === 'relu' ? `relu, ${name}` : name,
    inputs: inputsOf(cell, settings),
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
});
