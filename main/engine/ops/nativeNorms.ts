import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { fused, part } from './fused.ts';
import { runNative } from './nativeKernels.ts';

/**
 * Layer normalisation with the gradient in closed form (Ba, Kiros and Hinton 2016): about half the
 * passes over the data that automatic differentiation takes.
 */
export const layerNorm =
  (composed: Ops['layerNorm']): Ops['layerNorm'] =>
  (x, scale, offset, epsilon) => {
    const given = [scale, offset].flatMap((tensor) => (tensor ? [tensor] : []));
    return fused(
      [x, ...given],
      (inputs) => {
        const rows = asRows(part(inputs, 0));
        const centred = tf.sub(rows, tf.mean(rows, 1, true));
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
        const normal = tf.mul(centred, inverse);
        const scaled = scale ? tf.mul(normal, part(inputs, 1)) : normal;
        const value = offset
          ? runNative('BiasAdd', { x: scaled, bias: part(inputs, scale ? 2 : 1) })
          : scaled;
        return {
          value: tf.reshape(value, x.shape),
          keep: [normal, inverse, ...(scale ? [part(inputs, 1)] : [])],
          backward: (dy, kept) => {
            const [savedNormal, savedInverse] = [part(kept, 0), part(kept, 1)];
            const d = asRows(dy);
            const along = tf.mul(d, savedNormal);
            const dNormal = scale ? tf.mul(d, part(kept, 2)) : d;
            const pull = tf.mean(scale ? tf.mul(dNormal, savedNormal) : along, 1, true);
            const dx = tf.mul(
              tf.sub(tf.sub(dNormal, tf.mean(dNormal, 1, true)), tf.mul(savedNormal, pull)),
              savedInverse,
            );
            return [
              tf.reshape(dx, x.shape),
              ...(scale ? [runNative('BiasAddGrad', { dy: along })] : []),
              ...(offset ? [runNative('BiasAddGrad', { dy: d })] : []),
            ];
          },
        };
      },
      (inputs) =>
        composed(part(inputs, 0), scale && part(inputs, 1), offset && part(inputs, scale ? 2 : 1), epsilon),
    );
  };

/** Root-mean-square normalisation, likewise (Zhang and Sennrich 2019). */
export const rmsNorm =
  (composed: Ops['rmsNorm']): Ops['rmsNorm'] =>
  (x, scale, epsilon) =>
    fused(
      scale ? [x, scale] : [x],
      (inputs) => {
        const rows = asRows(part(inputs, 0));
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(rows), 1, true), epsilon));
        const normal = tf.mul(rows, inverse);
        return {
          value: tf.reshape(scale ? tf.mul(normal, part(inputs, 1)) : normal, x.shape),
          keep: [normal, inverse, ...(scale ? [part(inputs, 1)] : [])],
          backward: (dy, kept) => {
            const [savedNormal, savedInverse] = [part(kept, 0), part(kept, 1)];
            const d = asRows(dy);
            const dNormal = scale ? tf.mul(d, part(kept, 2)) : d;
            const pull = tf.mean(tf.mul(dNormal, savedNormal), 1, true);
            const dx = tf.mul(tf.sub(dNormal, tf.mul(savedNormal, pull)), savedInverse);
            return [
              tf.reshape(dx, x.shape),
              ...(scale ? [runNative('BiasAddGrad', { dy: tf.mul(d, savedNormal) })] : []),
            ];
          },
        };
      },
      (inputs) => composed(part(inputs, 0), scale && part(inputs, 1), epsilon),
    );

const asRows = (x: tf.Tensor): tf.Tensor => (x.rank === 2 ? x : tf.reshape(x, [-1, x.shape.at(-1) ?? 1]));
