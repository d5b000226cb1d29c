import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { fused, part } from './fused.ts';

/** x·Φ(x) with its gradient Φ(x) + x·φ(x) out of the kept Φ(x). */
export const gelu =
  (composed: Ops['gelu']): Ops['gelu'] =>
  (x) =>
    fused(
      [x],
      ([given]) => {
        const input = part([given], 0);
        const below = tf.mul(tf.add(tf.erf(tf.mul(input, Math.SQRT1_2)), 1), 0.5);
        return {
          value: tf.mul(input, below),
          keep: [input, below],
          backward: (dy, kept) => {
            const [savedX, savedBelow] = [part(kept, 0), part(kept, 1)];
            // φ(x) = exp(−x²/2 − log √(2π))
            const density = tf.exp(tf.sub(tf.mul(tf.square(savedX), -0.5), 0.5 * Math.log(2 * Math.PI)));
            return [tf.mul(dy, tf.add(savedBelow, tf.mul(savedX, density)))];
          },
        };
      },
      (inputs) => composed(part(inputs, 0)),
    );

/** x·σ(x) with its gradient out of the kept σ(x). */
export const silu =
  (composed: Ops['silu']): Ops['silu'] =>
  (x) =>
    fused(
      [x],
      ([given]) => {
        const input = part([given], 0);
        const gate = tf.sigmoid(input);
        return {
          value: tf.mul(input, gate),
          keep: [input, gate],
          backward: (dy, kept) => {
            const [savedX, savedGate] = [part(kept, 0), part(kept, 1)];
            // σ + x·σ·(1 − σ)
            return [tf.mul(dy, tf.add(savedGate, tf.mul(savedX, tf.mul(savedGate, tf.sub(1, savedGate)))))];
          },
        };
      },
      (inputs) => composed(part(inputs, 0)),
    );
