import * as tf from '@tensorflow/tfjs-core';
import type { Ops, RecurrentArgs } from '#shared/nodes/ops.ts';
import { fusedMany, part } from './fused.ts';
import { runNative, runNativeMany } from './nativeKernels.ts';
import type { ComposedCells } from './recurrent.ts';

type MaybeTensor = tf.Tensor | undefined;
type Cells = Pick<Ops, 'simpleRnn' | 'lstm' | 'gru'>;

/** What a cell's kernel is given: `input` `[T, B, gates·U]`, states `[B, U]`, `mask` `[T, B]`. */
interface KernelInputs {
  readonly input: tf.Tensor;
  readonly recurrent: tf.Tensor;
  readonly recurrentBias: MaybeTensor;
  readonly state: readonly tf.Tensor[];
  /** Any tensor where there is no mask. */
  readonly mask: tf.Tensor;
  readonly attributes: { readonly reverse: boolean; readonly masked: boolean };
}

/** A cell over a whole sequence, by two kernels of the addon (`main/engine/addon/kernels/recurrent.h`). */
interface KernelCell {
  /** `states` are the states after each step, `[T, B, U]` each, h first. */
  forward(given: KernelInputs): { states: readonly tf.Tensor[]; kept: readonly tf.Tensor[] };
  /**
   * From the gradients of h after each step and of the last state, those of `input`, of the recurrent
   * product's rows, and of the first state.
   */
  backward(
    given: Omit<KernelInputs, 'input'>,
    states: readonly tf.Tensor[],
    kept: readonly tf.Tensor[],
    dHidden: tf.Tensor,
    dState: readonly tf.Tensor[],
  ): { dInput: tf.Tensor; dRecurrent: tf.Tensor; dFirst: readonly tf.Tensor[] };
}

const simpleCell = (activation: 'tanh' | 'relu'): KernelCell => ({
  forward: ({ input, recurrent, state, mask, attributes }) => {
    const [hidden, outputs] = runNativeMany(
      'NeuroloomRnn',
      { input, recurrent, h: part(state, 0), mask },
      { ...attributes, relu: activation === 'relu' },
    );
    return { states: [part([hidden], 0)], kept: [part([outputs], 0)] };
  },
  backward: ({ recurrent, mask, attributes }, _, kept, dHidden, dState) => {
    const [dInput, dFirst] = runNativeMany(
      'NeuroloomRnnGrad',
      { outputs: part(kept, 0), recurrent, mask, dHidden, dH: part(dState, 0) },
      { ...attributes, relu: activation === 'relu' },
    );
    return { dInput: part([dInput], 0), dRecurrent: part([dInput], 0), dFirst: [part([dFirst], 0)] };
  },
});

const lstmCell: KernelCell = {
  forward: ({ input, recurrent, state, mask, attributes }) => {
    const given = { input, recurrent, h: part(state, 0), c: part(state, 1), mask };
    const [hidden, cells, gates] = runNativeMany('NeuroloomLstm', given, attributes);
    return { states: [part([hidden], 0), part([cells], 0)], kept: [part([gates], 0)] };
  },
  backward: ({ recurrent, state, mask, attributes }, states, kept, dHidden, dState) => {
    const [dInput, dH, dC] = runNativeMany(
      'NeuroloomLstmGrad',
      {
        gates: part(kept, 0),
        recurrent,
        c: part(state, 1),
        mask,
        cells: part(states, 1),
        dHidden,
        dH: part(dState, 0),
        dC: part(dState, 1),
      },
      attributes,
    );
    const d = part([dInput], 0);
    return { dInput: d, dRecurrent: d, dFirst: [part([dH], 0), part([dC], 0)] };
  },
};

const gruCell: KernelCell = {
  forward: ({ input, recurrent, recurrentBias, state, mask, attributes }) => {
    const bias = recurrentBias ?? tf.zeros([recurrent.shape[1] ?? 0]);
    const given = { input, recurrent, bias, h: part(state, 0), mask };
    const [hidden, gates, news] = runNativeMany('NeuroloomGru', given, attributes);
    return { states: [part([hidden], 0)], kept: [part([gates], 0), part([news], 0)] };
  },
  backward: ({ recurrent, state, mask, attributes }, states, kept, dHidden, dState) => {
    const [dInput, dRecurrent, dH] = runNativeMany(
      'NeuroloomGruGrad',
      {
        gates: part(kept, 0),
        recurrent,
        h: part(state, 0),
        mask,
        hidden: part(states, 0),
        states: part(kept, 1),
        dHidden,
        dH: part(dState, 0),
      },
      attributes,
    );
    return { dInput: part([dInput], 0), dRecurrent: part([dRecurrent], 0), dFirst: [part([dH], 0)] };
  },
};

interface SequenceArgs extends RecurrentArgs {
  readonly c?: tf.Tensor;
  readonly recurrentBias?: MaybeTensor;
}

/**
 * Recurrent layers by one kernel forward and one backward, whatever the number of steps. Products with
 * the inputs and the gradients of the weights are one product over all steps (Appleyard et al. 2016).
 * With recurrent dropout, which the kernels do not know, they are `unrolled`.
 */
export function kernelRecurrent(unrolled: Cells, composed: ComposedCells): Cells {
  const droppedOut = ({ recurrentDropout }: RecurrentArgs) => (recurrentDropout?.rate ?? 0) > 0;
  return {
    simpleRnn: (args) => {
      if (droppedOut(args)) return unrolled.simpleRnn(args);
      const [rows, h] = sequence(args, simpleCell(args.activation), (given) => {
        const result = composed.simpleRnn({ ...given, activation: args.activation });
        return [result.sequence, result.h];
      });
      return { sequence: part([rows], 0), h: part([h], 0) };
    },
    lstm: (args) => {
      if (droppedOut(args)) return unrolled.lstm(args);
      const [rows, h, c] = sequence(args, lstmCell, (given) => {
        const result = composed.lstm({ ...given, c: part([given.c], 0) });
        return [result.sequence, result.h, result.c];
      });
      return { sequence: part([rows], 0), h: part([h], 0), c: part([c], 0) };
    },
    gru: (args) => {
      if (droppedOut(args)) return unrolled.gru(args);
      const [rows, h] = sequence(args, gruCell, (given) => {
        const result = composed.gru({ ...given, recurrentBias: given.recurrentBias });
        return [result.sequence, result.h];
      });
      return { sequence: part([rows], 0), h: part([h], 0) };
    },
  };
}

/** The sequence `[B, T, U]` and the last state. */
function sequence(
  args: SequenceArgs,
  cell: KernelCell,
  composed: (args: SequenceArgs) => readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const { x, bias, recurrentBias, mask } = args;
  const [batch = 1, length = 1, width = 1] = x.shape;
  const reverse = args.reverse ?? false;
  const first = args.c ? [args.h, args.c] : [args.h];
  const attributes = { reverse, masked: mask !== undefined };
  /** Last step in the order in which they are taken. */
  const last = reverse ? 0 : length - 1;
  const optional = [bias, recurrentBias].flatMap((tensor) => (tensor ? [tensor] : []));
  const split = (given: readonly tf.Tensor[]) => {
    const rest = given.slice(3);
    const givenBias = bias && rest.shift();
    const givenRecurrentBias = recurrentBias && rest.shift();
    return { kernel: part(given, 1), recurrent: part(given, 2), givenBias, givenRecurrentBias, state: rest };
  };
  return fusedMany(
    [x, args.kernel, args.recurrent, ...optional, ...first],
    (given) => {
      const { kernel, recurrent, givenBias, givenRecurrentBias, state } = split(given);
      const rows = tf.reshape(stepsFirst(part(given, 0)), [length * batch, width]);
      const product = givenBias
        ? runNative('NeuroloomAffine', { a: rows, b: kernel, bias: givenBias })
        : runNative('PlainMatMul', { a: rows, b: kernel }, { addon: true });
      const input = tf.reshape(product, [length, batch, kernel.shape[1] ?? 1]);
      const times = mask && tf.transpose(mask, [1, 0]);
      const common = { recurrent, state, mask: times ?? part(state, 0), attributes };
      const { states, kept } = cell.forward({ ...common, input, recurrentBias: givenRecurrentBias });
      const shown = times && tf.expandDims(times, 2);
      const hidden = part(states, 0);
      return {
        outputs: [
          stepsFirst(shown ? tf.mul(hidden, shown) : hidden),
          ...states.map((all) => stepOf(all, last)),
        ],
        keep: [rows, kernel, recurrent, ...(times ? [times] : []), ...state, ...states, ...kept],
        backward: (dys, saved) => {
          const left = [...saved];
          const take = (count: number) => left.splice(0, count);
          const [savedRows, savedKernel, savedRecurrent] = take(3);
          const [savedTimes] = take(times ? 1 : 0);
          const savedState = take(state.length);
          const savedStates = take(states.length);
          const [dSequence, ...dLast] = dys;
          const dAll = dSequence ? stepsFirst(dSequence) : tf.zerosLike(hidden);
          const { dInput, dRecurrent, dFirst } = cell.backward(
            {
              recurrent: part([savedRecurrent], 0),
              recurrentBias: undefined,
              state: savedState,
              mask: savedTimes ?? part(savedState, 0),
              attributes,
            },
            savedStates,
            left,
            savedTimes ? tf.mul(dAll, tf.expandDims(savedTimes, 2)) : dAll,
            savedState.map((value, index) => dLast[index] ?? tf.zerosLike(value)),
          );
          const flat = (tensor: tf.Tensor) => tf.reshape(tensor, [length * batch, -1]);
          const over = (a: tf.Tensor, b: tf.Tensor) =>
            runNative('PlainMatMul', { a, b }, { transposeA: true, addon: true });
          const dRows = flat(dInput);
          const dRecurrentRows = dRecurrent === dInput ? dRows : flat(dRecurrent);
          const dX = runNative(
            'PlainMatMul',
            { a: dRows, b: part([savedKernel], 0) },
            { transposeB: true, addon: true },
          );
          return [
            stepsFirst(tf.reshape(dX, [length, batch, width])),
            over(part([savedRows], 0), dRows),
            over(flat(statesBefore(part(savedStates, 0), part(savedState, 0), reverse)), dRecurrentRows),
            ...(bias ? [runNative('BiasAddGrad', { dy: dRows }, { addon: true })] : []),
            ...(recurrentBias ? [runNative('BiasAddGrad', { dy: dRecurrentRows }, { addon: true })] : []),
            ...dFirst,
          ];
        },
      };
    },
    (given) => {
      const { kernel, recurrent, givenBias, givenRecurrentBias, state } = split(given);
      const [h, c] = state;
      return composed({
        ...args,
        x: part(given, 0),
        kernel,
        recurrent,
        bias: givenBias,
        recurrentBias: givenRecurrentBias,
        h: part([h], 0),
        ...(c && { c }),
      });
    },
  );
}

/** `[B, T, n]` ↔ `[T, B, n]`. */
const stepsFirst = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [1, 0, 2]);

/** `[B, n]` of one step of `[T, B, n]`. */
function stepOf(all: tf.Tensor, time: number): tf.Tensor {
  const [, batch = 1, width = 1] = all.shape;
  return tf.reshape(tf.slice(all, [time, 0, 0], [1, batch, width]), [batch, width]);
}

/** h before each step, `[T, B, U]`. */
function statesBefore(hidden: tf.Tensor, first: tf.Tensor, reverse: boolean): tf.Tensor {
  const [length = 1, batch = 1, units = 1] = hidden.shape;
  const start = tf.expandDims(first, 0);
  if (length === 1) return start;
  const others = tf.slice(hidden, [reverse ? 1 : 0, 0, 0], [length - 1, batch, units]);
  return tf.concat(reverse ? [others, start] : [start, others], 0);
}
