import * as tf from '@tensorflow/tfjs-core';
import { part } from './fused.ts';
import { runNative } from './nativeKernels.ts';
import type { RecurrentCell } from './recurrentSequence.ts';

/** h ← f(input + recurrent). */
export function simpleCell(activation: 'tanh' | 'relu'): RecurrentCell {
  return {
    forward: (input, recurrent) => {
      const sum = tf.add(input, recurrent);
      const h = activation === 'tanh' ? tf.tanh(sum) : tf.relu(sum);
      return { state: [h], kept: [h] };
    },
    backward: (dState, kept) => {
      const inputs = { y: part(kept, 0), dy: orZeros(dState[0], part(kept, 0)) };
      const d = runNative(activation === 'tanh' ? 'TanhGrad' : 'ReluGrad', inputs);
      return { dInput: d, dRecurrent: d, dBefore: [undefined] };
    },
  };
}

/** Gates i, f, g, o; state h and c. */
export const lstmCell: RecurrentCell = {
  forward: (input, recurrent, [, before]) => {
    const units = (input.shape[1] ?? 0) / 4;
    const gates = tf.add(input, recurrent);
    const [both, middle, last] = tf.split(gates, [2 * units, units, units], 1);
    const open = tf.sigmoid(part([both], 0));
    const [i, f] = tf.split(open, 2, 1);
    const g = tf.tanh(part([middle], 0));
    const o = tf.sigmoid(part([last], 0));
    const c = tf.add(tf.mul(part([f], 0), part([before], 0)), tf.mul(part([i], 0), g));
    const bent = tf.tanh(c);
    return { state: [tf.mul(o, bent), c], kept: [part([i], 0), part([f], 0), g, o, bent] };
  },
  backward: ([dh, dc], kept, [, before]) => {
    const [i, f, g, o, bent] = [0, 1, 2, 3, 4].map((index) => part(kept, index)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const dy = orZeros(dh, bent);
    const through = runNative('TanhGrad', { y: bent, dy: tf.mul(dy, o) });
    const d = dc ? tf.add(dc, through) : through;
    const gates = tf.concat(
      [
        runNative('SigmoidGrad', { y: i, dy: tf.mul(d, g) }),
        runNative('SigmoidGrad', { y: f, dy: tf.mul(d, part([before], 0)) }),
        runNative('TanhGrad', { y: g, dy: tf.mul(d, i) }),
        runNative('SigmoidGrad', { y: o, dy: tf.mul(dy, bent) }),
      ],
      1,
    );
    return { dInput: gates, dRecurrent: gates, dBefore: [undefined, tf.mul(d, f)] };
  },
};

/** Gates r, z, n; h ← n + z·(h − n). */
export const gruCell: RecurrentCell = {
  forward: (input, recurrent, [h]) => {
    const units = (input.shape[1] ?? 0) / 3;
    const [inputGates, inputNew] = tf.split(input, [2 * units, units], 1);
    const [stateGates, stateNew] = tf.split(recurrent, [2 * units, units], 1);
    const gates = tf.sigmoid(tf.add(part([inputGates], 0), part([stateGates], 0)));
    const [r, z] = tf.split(gates, 2, 1);
    const n = tf.tanh(tf.add(part([inputNew], 0), tf.mul(part([r], 0), part([stateNew], 0))));
    const apart = tf.sub(part([h], 0), n);
    return {
      state: [tf.add(n, tf.mul(part([z], 0), apart))],
      kept: [part([r], 0), part([z], 0), n, part([stateNew], 0), apart],
    };
  },
  backward: ([dh], kept) => {
    const [r, z, n, stateNew, apart] = [0, 1, 2, 3, 4].map((index) => part(kept, index)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const dy = orZeros(dh, n);
    const kept0 = tf.mul(dy, z);
    const dn = runNative('TanhGrad', { y: n, dy: tf.sub(dy, kept0) });
    const dr = runNative('SigmoidGrad', { y: r, dy: tf.mul(dn, stateNew) });
    const dz = runNative('SigmoidGrad', { y: z, dy: tf.mul(dy, apart) });
    return {
      dInput: tf.concat([dr, dz, dn], 1),
      dRecurrent: tf.concat([dr, dz, tf.mul(dn, r)], 1),
      dBefore: [kept0],
    };
  },
};

const orZeros = (dy: tf.Tensor | undefined, like: tf.Tensor): tf.Tensor => dy ?? tf.zerosLike(like);
