import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '#shared/nodes/ops.ts';
import { asFloat, stopGradient } from './arrays.ts';
import { fused, part } from './fused.ts';
import { oneHot } from './oneHot.ts';

const KERNEL = 'UnsortedSegmentMax';
/** Elements of a membership table at a time, where there is no kernel. */
const LARGEST_TABLE = 1 << 24;

/**
 * The largest row value of each segment, x `[E, …]` and segments `[E]` → `[count, …]`; of an empty
 * segment zero. Ties share the gradient.
 */
export function segmentMax(
  x: tf.Tensor,
  segments: tf.Tensor,
  count: number,
  { segmentSum, gather }: Pick<Ops, 'segmentSum' | 'gather'>,
): tf.Tensor {
  const rows = x.shape[0] ?? 0;
  const flat = tf.reshape(x, [rows, -1]);
  const winnersOf = (values: tf.Tensor, largest: tf.Tensor): tf.Tensor =>
    asFloat(tf.equal(values, gather(largest, segments, 0)));
  const y = fused(
    [flat],
    (inputs) => {
      const value = largestOf(part(inputs, 0), segments, count, segmentSum);
      return {
        value,
        keep: [part(inputs, 0), value, segments],
        backward: (dy, kept) => {
          const winners = winnersOf(part(kept, 0), part(kept, 1));
          const ties = tf.maximum(segmentSum(winners, segments, count), 1);
          return [tf.mul(winners, gather(tf.div(dy, ties), segments, 0))];
        },
      };
    },
    (inputs) => {
      const values = part(inputs, 0);
      const winners = stopGradient(
        winnersOf(values, stopGradient(largestOf(values, segments, count, segmentSum))),
      );
      const share = stopGradient(tf.div(winners, gather(segmentSum(winners, segments, count), segments, 0)));
      return segmentSum(tf.mul(values, share), segments, count);
    },
  );
  return tf.reshape(y, [count, ...x.shape.slice(1)]);
}

function largestOf(
  x: tf.Tensor,
  segments: tf.Tensor,
  count: number,
  segmentSum: Ops['segmentSum'],
): tf.Tensor {
  const largest = tf.getKernel(KERNEL, tf.getBackend())
    ? (tf.engine().runKernel(KERNEL, { x, segments }, { count }) as tf.Tensor)
    : largestByTable(x, segments, count);
  const sizes = segmentSum(tf.ones([x.shape[0] ?? 0]), segments, count);
  return tf.where(tf.expandDims(tf.greater(sizes, 0), 1), largest, tf.zerosLike(largest));
}

/** By a table of what belongs to which segment, a few columns at a time. */
function largestByTable(x: tf.Tensor, segments: tf.Tensor, count: number): tf.Tensor {
  const [rows = 0, width = 0] = x.shape;
  const member = tf.expandDims(oneHot(segments, count, 'bool'), 2);
  const columns = Math.max(1, Math.floor(LARGEST_TABLE / Math.max(1, rows * count)));
  const parts: tf.Tensor[] = [];
  for (let start = 0; start < width; start += columns) {
    const some = tf.slice(x, [0, start], [rows, Math.min(columns, width - start)]);
    const table = tf.where(member, tf.expandDims(some, 1), tf.scalar(Number.NEGATIVE_INFINITY));
    parts.push(tf.max(table, 0));
  }
  return tf.concat(parts, 1);
}

/** The kernel of the CPU backend, whose values can be read. */
export function registerCpuSegmentMax(): void {
  if (tf.getKernel(KERNEL, 'cpu')) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, segments } = inputs as { x: tf.TensorInfo; segments: tf.TensorInfo };
      const count = Number((attrs as Record<string, unknown>).count);
      const engine = tf.engine();
      const values = engine.readSync(x.dataId) as Float32Array;
      const ids = engine.readSync(segments.dataId) as Int32Array;
      const [rows = 0, width = 0] = x.shape;
      const largest = new Float32Array(count * width).fill(Number.NEGATIVE_INFINITY);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < width; column += 1) {
          const place = (ids[row] ?? 0) * width + column;
          largest[place] = Math.max(largest[place] ?? 0, values[row * width + column] ?? 0);
        }
      }
      return tf.tensor(largest, [count, width]);
    },
  });
}
