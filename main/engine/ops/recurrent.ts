import * as tf from '@tensorflow/tfjs-core';
import type { Ops, RecurrentArgs, RecurrentResult } from '#shared/nodes/ops.ts';

/** With the factor of recurrent dropout where it has been drawn already. */
type Drawn<Args> = Args & { readonly dropped?: tf.Tensor };
export interface ComposedCells {
  simpleRnn(args: Drawn<Parameters<Ops['simpleRnn']>[0]>): ReturnType<Ops['simpleRnn']>;
  lstm(args: Drawn<Parameters<Ops['lstm']>[0]>): ReturnType<Ops['lstm']>;
  gru(args: Drawn<Parameters<Ops['gru']>[0]>): ReturnType<Ops['gru']>;
}
type Basics = Pick<Ops, 'matMul' | 'affine' | 'sigmoid' | 'tanh' | 'relu'>;

/** One step's state: h, and c where the cell has it. */
type State = readonly tf.Tensor[];

/**
 * Recurrent layers unrolled over time. The product of the inputs with the kernel is taken once for
 * all steps; what is left in a step is one product with the state and the gates.
 */
export function recurrentOps(basics: Basics): ComposedCells {
  const { matMul, affine, sigmoid, tanh, relu } = basics;
  return {
    simpleRnn: (args) => {
      const f = args.activation === 'tanh' ? tanh : relu;
      return unroll(args, basics, [args.h], (input, [h], recur) => [
        f(tf.add(input, matMul(recur(present(h)), args.recurrent))),
      ]);
    },
    lstm: (args) => {
      const result = unroll(args, basics, [args.h, args.c], (input, [h, c], recur) => {
        const gates = tf.add(input, matMul(recur(present(h)), args.recurrent));
        const [i, f, g, o] = tf.split(gates, 4, 1);
        const next = tf.add(
          tf.mul(sigmoid(present(f)), present(c)),
          tf.mul(sigmoid(present(i)), tanh(present(g))),
        );
        return [tf.mul(sigmoid(present(o)), tanh(next)), next];
      });
      return { ...result, c: present(result.state[1]) };
    },
    gru: (args) =>
      unroll(args, basics, [args.h], (input, [state], recur) => {
        const h = present(state);
        const units = h.shape[1] ?? 0;
        const recurrent = affine(recur(h), args.recurrent, args.recurrentBias);
        const [inputGates, inputNew] = tf.split(input, [2 * units, units], 1);
        const [stateGates, stateNew] = tf.split(recurrent, [2 * units, units], 1);
        const [reset, update] = tf.split(sigmoid(tf.add(present(inputGates), present(stateGates))), 2, 1);
        const candidate = tanh(tf.add(present(inputNew), tf.mul(present(reset), present(stateNew))));
        // (1 − z)·n + z·h
        return [tf.add(candidate, tf.mul(present(update), tf.sub(h, candidate)))];
      }),
  };
}

function unroll(
  args: Drawn<RecurrentArgs>,
  { affine }: Basics,
  initial: State,
  step: (input: tf.Tensor, state: State, recur: (h: tf.Tensor) => tf.Tensor) => State,
): RecurrentResult & { readonly state: State } {
  const steps = args.x.shape[1] ?? 0;
  const inputs = tf.unstack(affine(args.x, args.kernel, args.bias), 1);
  const masks = args.mask && tf.unstack(args.mask, 1).map((mask) => tf.expandDims(mask, 1));
  const dropped = args.dropped ?? dropRecurrent(args);
  const recur = (h: tf.Tensor) => (dropped ? tf.mul(h, dropped) : h);
  const outputs: tf.Tensor[] = new Array(steps);
  let state = initial;
  for (let index = 0; index < steps; index += 1) {
    const t = args.reverse ? steps - 1 - index : index;
    const next = step(present(inputs[t]), state, recur);
    const mask = masks?.[t];
    if (mask) {
      const before = state;
      state = next.map((value, part) =>
        tf.add(tf.mul(value, mask), tf.mul(present(before[part]), tf.sub(1, mask))),
      );
      outputs[t] = tf.mul(present(next[0]), mask);
    } else {
      state = next;
      outputs[t] = present(next[0]);
    }
  }
  return { sequence: tf.stack(outputs, 1), h: present(state[0]), state };
}

/** Factor of h on its way into the recurrent product, drawn once for all steps; undefined where nothing is dropped. */
export function dropRecurrent({ recurrentDropout, h }: RecurrentArgs): tf.Tensor | undefined {
  if (!recurrentDropout || recurrentDropout.rate === 0) return undefined;
  const { rate, random } = recurrentDropout;
  const kept = tf.cast(tf.greaterEqual(random.uniform(h.shape), rate), 'float32');
  return tf.div(kept, 1 - rate);
}

function present(tensor: tf.Tensor | undefined): tf.Tensor {
  if (!tensor) throw new Error('a recurrent step lost a part of its state');
  return tensor;
}
