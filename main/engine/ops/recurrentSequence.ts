import * as tf from '@tensorflow/tfjs-core';
import { fusedMany, part } from './fused.ts';
import { runNative } from './nativeKernels.ts';

type MaybeTensor = tf.Tensor | undefined;

/** One step of a recurrent layer, forward and backward, on `[B, …]`; the first of the state is h. */
export interface RecurrentCell {
  /** `input` is x·kernel + bias, `recurrent` is h·recurrent + recurrent bias; `kept` is for backward. */
  forward(
    input: tf.Tensor,
    recurrent: tf.Tensor,
    state: readonly tf.Tensor[],
  ): { state: readonly tf.Tensor[]; kept: readonly tf.Tensor[] };
  /**
   * `dState` is the gradient of the new state; the gradients of `input`, of `recurrent` (the same tensor
   * where they are the same) and of the old state apart from what goes through `recurrent`.
   */
  backward(
    dState: readonly MaybeTensor[],
    kept: readonly tf.Tensor[],
    before: readonly tf.Tensor[],
  ): { dInput: tf.Tensor; dRecurrent: tf.Tensor; dBefore: readonly MaybeTensor[] };
}

export interface SequenceArgs {
  /** `[B, T, I]`. */
  readonly x: tf.Tensor;
  readonly kernel: tf.Tensor;
  readonly recurrent: tf.Tensor;
  readonly bias: MaybeTensor;
  readonly recurrentBias?: MaybeTensor;
  /** `[B, U]` each. */
  readonly state: readonly tf.Tensor[];
  /** `[B, T]`. */
  readonly mask: MaybeTensor;
  readonly reverse: boolean;
  /** Factor of h on its way into the recurrent product, `[B, U]`. */
  readonly dropped: MaybeTensor;
}

interface Step {
  readonly time: number;
  readonly before: readonly tf.Tensor[];
  /** h as it went into the recurrent product. */
  readonly h: tf.Tensor;
  readonly kept: readonly tf.Tensor[];
}

/**
 * A recurrent layer over time, unrolled, with the gradient by hand: gradients of the weights are one
 * matrix product over all steps in place of one for each (Appleyard et al. 2016). Gives the sequence
 * `[B, T, U]` and the last state.
 */
export function recurrentSequence(
  args: SequenceArgs,
  cell: RecurrentCell,
  composed: (args: SequenceArgs) => readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const { x, kernel, recurrent, bias, recurrentBias, state } = args;
  const optional = [bias, recurrentBias].flatMap((tensor) => (tensor ? [tensor] : []));
  const rebuild = (given: readonly tf.Tensor[]): SequenceArgs => {
    const rest = given.slice(3);
    return {
      ...args,
      x: part(given, 0),
      kernel: part(given, 1),
      recurrent: part(given, 2),
      bias: bias && rest.shift(),
      recurrentBias: recurrentBias && rest.shift(),
      state: rest,
    };
  };
  return fusedMany(
    [x, kernel, recurrent, ...optional, ...state],
    (given) => {
      const run = forward(rebuild(given), cell);
      const box = new Box();
      const boxed = run.steps.map(({ time, before, h, kept }) => ({
        time,
        before: box.put(before),
        h: box.put([h]),
        kept: box.put(kept),
      }));
      const constants = box.put([run.rows, kernel, recurrent]);
      const masks = run.masks && box.put(run.masks);
      const dropped = args.dropped && box.put([args.dropped]);
      return {
        outputs: [run.sequence, ...run.state],
        keep: box.tensors,
        backward: (dys, kept) => {
          const [rows, savedKernel, savedRecurrent] = constants.map((place) => part(kept, place));
          return backward({
            dys,
            cell,
            steps: boxed.map((step) => ({
              time: step.time,
              before: step.before.map((place) => part(kept, place)),
              h: part(kept, step.h[0] ?? -1),
              kept: step.kept.map((place) => part(kept, place)),
            })),
            shape: x.shape as [number, number, number],
            rows: part([rows], 0),
            kernel: part([savedKernel], 0),
            recurrent: part([savedRecurrent], 0),
            biases: [bias, recurrentBias].map((tensor) => tensor !== undefined),
            masks: masks?.map((place) => part(kept, place)),
            dropped: dropped && part(kept, dropped[0] ?? -1),
          });
        },
      };
    },
    (given) => composed(rebuild(given)),
  );
}

/** Tensors in one list, and where each went. */
class Box {
  readonly tensors: tf.Tensor[] = [];
  put(tensors: readonly tf.Tensor[]): number[] {
    return tensors.map((tensor) => this.tensors.push(tensor) - 1);
  }
}

function forward(args: SequenceArgs, cell: RecurrentCell) {
  const { x, kernel, recurrent, bias, recurrentBias, mask, reverse, dropped } = args;
  const [batch = 1, steps = 1, width = 1] = x.shape;
  // Steps first, so that each step's rows lie together.
  const rows = tf.reshape(tf.transpose(x, [1, 0, 2]), [steps * batch, width]);
  const product = withBias(runNative('PlainMatMul', { a: rows, b: kernel }), bias);
  const inputs = tf.unstack(tf.reshape(product, [steps, batch, kernel.shape[1] ?? 1]), 0);
  const masks = mask && tf.unstack(mask, 1).map((column) => tf.expandDims(column, 1));
  const outputs: tf.Tensor[] = new Array(steps);
  const taken: Step[] = [];
  let { state } = args;
  for (let index = 0; index < steps; index += 1) {
    const time = reverse ? steps - 1 - index : index;
    const before = state;
    const h = dropped ? tf.mul(part(before, 0), dropped) : part(before, 0);
    const product = withBias(runNative('PlainMatMul', { a: h, b: recurrent }), recurrentBias);
    const next = cell.forward(part(inputs, time), product, before);
    taken.push({ time, before, h, kept: next.kept });
    const now = masks?.[time];
    state = now ? next.state.map((value, place) => blend(now, value, part(before, place))) : next.state;
    outputs[time] = now ? tf.mul(part(next.state, 0), now) : part(next.state, 0);
  }
  const sequence = tf.transpose(tf.stack(outputs, 0), [1, 0, 2]);
  return { sequence, state, steps: taken, rows, masks };
}

const withBias = (x: tf.Tensor, bias: MaybeTensor): tf.Tensor =>
  bias ? runNative('BiasAdd', { x, bias }) : x;

/** The new value where the mask is 1, the old one where it is 0. */
const blend = (mask: tf.Tensor, value: tf.Tensor, before: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(value, mask), tf.mul(before, tf.sub(1, mask)));

interface BackwardArgs {
  readonly dys: readonly MaybeTensor[];
  readonly cell: RecurrentCell;
  readonly steps: readonly Step[];
  readonly shape: readonly [number, number, number];
  readonly rows: tf.Tensor;
  readonly kernel: tf.Tensor;
  readonly recurrent: tf.Tensor;
  readonly biases: readonly boolean[];
  readonly masks: readonly tf.Tensor[] | undefined;
  readonly dropped: MaybeTensor;
}

/** Gradients of x, kernel, recurrent, the biases that there are, and the first state. */
function backward(args: BackwardArgs): MaybeTensor[] {
  const { dys, cell, steps, masks, dropped, kernel, recurrent, rows } = args;
  const [batch, length, width] = args.shape;
  const [dSequence, ...dLast] = dys;
  const outputs = dSequence && tf.unstack(tf.transpose(dSequence, [1, 0, 2]), 0);
  let dState: readonly MaybeTensor[] = dLast;
  const dInputs: tf.Tensor[] = new Array(length);
  const dRecurrents: tf.Tensor[] = new Array(length);
  const hs: tf.Tensor[] = new Array(length);
  for (const { time, before, h, kept } of [...steps].reverse()) {
    const mask = masks?.[time];
    let dNew = dState.map((dy, place) => (place === 0 ? added(dy, outputs?.[time]) : dy));
    if (mask) dNew = dNew.map((dy) => dy && tf.mul(dy, mask));
    const { dInput, dRecurrent, dBefore } = cell.backward(dNew, kept, before);
    dInputs[time] = dInput;
    dRecurrents[time] = dRecurrent;
    hs[time] = h;
    const product = runNative('PlainMatMul', { a: dRecurrent, b: recurrent }, { transposeB: true });
    const through = dropped ? tf.mul(product, dropped) : product;
    const past = mask && dState.map((dy) => dy && tf.mul(dy, tf.sub(1, mask)));
    dState = dBefore.map((dy, place) => added(added(place === 0 ? through : undefined, dy), past?.[place]));
  }
  const stacked = tf.concat(dInputs, 0);
  const stackedRecurrent = dInputs[0] === dRecurrents[0] ? stacked : tf.concat(dRecurrents, 0);
  const over = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
    runNative('PlainMatMul', { a, b }, { transposeA: true });
  const dRows = runNative('PlainMatMul', { a: stacked, b: kernel }, { transposeB: true });
  const dBiases = [stacked, stackedRecurrent].flatMap((dy, index) =>
    args.biases[index] ? [runNative('BiasAddGrad', { dy })] : [],
  );
  return [
    tf.transpose(tf.reshape(dRows, [length, batch, width]), [1, 0, 2]),
    over(rows, stacked),
    over(tf.concat(hs, 0), stackedRecurrent),
    ...dBiases,
    ...dState,
  ];
}

function added(a: MaybeTensor, b: MaybeTensor): MaybeTensor {
  if (a && b) return tf.add(a, b);
  return a ?? b;
}
