import type { Tensor } from '@tensorflow/tfjs-core';
import type { Ops } from './ops.ts';

/** Left and right, top and bottom of the boxes of a grid's cells, in pictures: each `[B, H·W]`. */
interface Spans {
  readonly across: readonly [low: Tensor, high: Tensor];
  readonly down: readonly [low: Tensor, high: Tensor];
}

/** 0, 1, … count − 1. */
const places = (ops: Ops, count: number): Tensor =>
  ops.sub(ops.cumulativeSum(ops.ones([count]), 0), ops.scalar(1));

/**
 * Boxes `[B, H, W, 4]` as a detector answers them, cell by cell: offset of the middle from the cell's, in
 * cells across and down; width and height, in pictures.
 */
export function boxSpans(ops: Ops, boxes: Tensor): Spans {
  const [batch = 1, height = 1, width = 1] = boxes.shape;
  const span = (axis: 0 | 1): [Tensor, Tensor] => {
    const part = (place: number) =>
      ops.reshape(ops.slice(boxes, [0, 0, 0, place], [batch, height, width, 1]), [batch, height, width]);
    const cells = axis === 0 ? width : height;
    const cell = ops.reshape(places(ops, cells), axis === 0 ? [1, 1, width] : [1, height, 1]);
    const middle = ops.div(ops.add(ops.add(part(axis), cell), ops.scalar(0.5)), ops.scalar(cells));
    const half = ops.mul(ops.relu(part(axis + 2)), ops.scalar(0.5));
    return [
      ops.reshape(ops.sub(middle, half), [batch, height * width]),
      ops.reshape(ops.add(middle, half), [batch, height * width]),
    ];
  };
  return { across: span(0), down: span(1) };
}

/** Intersection over union of each of n boxes with each of m: `[B, n, m]`. */
export function boxOverlaps(ops: Ops, boxes: Spans, others: Spans): Tensor {
  const column = (x: Tensor) => ops.reshape(x, [...x.shape, 1]);
  const row = (x: Tensor) => ops.reshape(x, [x.shape[0] ?? 1, 1, x.shape[1] ?? 1]);
  const common = ([low, high]: Spans['down'], [otherLow, otherHigh]: Spans['down']) =>
    ops.relu(ops.sub(ops.minimum(column(high), row(otherHigh)), ops.maximum(column(low), row(otherLow))));
  const area = ({ across, down }: Spans) => ops.mul(ops.sub(across[1], across[0]), ops.sub(down[1], down[0]));
  const both = ops.mul(common(boxes.across, others.across), common(boxes.down, others.down));
  const union = ops.sub(ops.add(column(area(boxes)), row(area(others))), both);
  return ops.div(both, ops.maximum(union, ops.scalar(1e-9)));
}

/**
 * Which of n boxes are left of each class when those that overlap a surer one that is left are taken out:
 * `[B, K, n]` ones and zeros, from surer `[B, K, n, n]` (1 where the last axis' box is surer) and overlap
 * `[B, n, n]`. Round by round what greedy suppression settles one box after another: after d rounds all
 * boxes are settled that hang on chains of at most d.
 */
export function suppressBoxes(ops: Ops, surer: Tensor, overlap: Tensor, rounds: number): Tensor {
  const [batch = 1, classes = 1, count = 1] = surer.shape;
  const beats = ops.mul(surer, ops.reshape(overlap, [batch, 1, count, count]));
  let kept = ops.ones([batch, classes, count]);
  for (let round = 0; round < rounds; round += 1) {
    const beaten = ops.max(ops.mul(beats, ops.reshape(kept, [batch, classes, 1, count])), [3]);
    kept = ops.sub(ops.scalar(1), beaten);
  }
  return kept;
}

/** 1 where the box of the last axis has the higher score of its class, of equal ones the earlier: `[B, K, n, n]`. */
export function surerBoxes(ops: Ops, scores: Tensor): Tensor {
  const [batch = 1, classes = 1, count = 1] = scores.shape;
  const mine = ops.reshape(scores, [batch, classes, count, 1]);
  const other = ops.reshape(scores, [batch, classes, 1, count]);
  const order = places(ops, count);
  const earlier = ops.less(ops.reshape(order, [1, 1, 1, count]), ops.reshape(order, [1, 1, count, 1]));
  const number = (x: Tensor) => ops.cast(x, 'float32');
  return ops.add(number(ops.greater(other, mine)), ops.mul(number(ops.equal(other, mine)), number(earlier)));
}
