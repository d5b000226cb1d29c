import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, sameShape, withLast } from '../../types/shape.ts';
import { averagePrecision, SCORE_BINS } from '../curves.ts';
import { defineMetric } from '../defineNode.ts';
import { sumList } from '../metricSums.ts';
import type { Ops } from '../ops.ts';
import { floatPort, indexPort } from '../ports.ts';
import { required } from '../required.ts';

/** Left, right or top, bottom of boxes along one axis: middle in cells of `1 / cells`, size in pictures. */
function edges(ops: Ops, boxes: Tensor, axis: 0 | 1, cells: number): { low: Tensor; high: Tensor } {
  const [middle, size] = [axis, axis + 2].map((place) => {
    const begin = boxes.shape.map((_, other) => (other === boxes.shape.length - 1 ? place : 0));
    const part = ops.slice(boxes, begin, [...boxes.shape.slice(0, -1), 1]);
    return ops.reshape(part, boxes.shape.slice(0, -1));
  });
  const centre = ops.div(required(middle, 'edges'), ops.scalar(cells));
  const half = ops.mul(ops.relu(required(size, 'edges')), ops.scalar(0.5));
  return { low: ops.sub(centre, half), high: ops.add(centre, half) };
}

/** Intersection over union of boxes in the same cells `[B, H, W]`. */
function overlap(ops: Ops, a: Tensor, b: Tensor): Tensor {
  const [, height = 1, width = 1] = a.shape;
  const spans = ([0, 1] as const).map((axis) => {
    const cells = axis === 0 ? width : height;
    const mine = edges(ops, a, axis, cells);
    const other = edges(ops, b, axis, cells);
    return {
      common: ops.relu(ops.sub(ops.minimum(mine.high, other.high), ops.maximum(mine.low, other.low))),
      mine: ops.sub(mine.high, mine.low),
      other: ops.sub(other.high, other.low),
    };
  });
  const [across, down] = spans;
  if (!across || !down) throw new Error('mean-average-precision: a box has two axes');
  const common = ops.mul(across.common, down.common);
  const union = ops.sub(ops.add(ops.mul(across.mine, down.mine), ops.mul(across.other, down.other)), common);
  return ops.div(common, ops.maximum(union, ops.scalar(1e-9)));
}

/**
 * Mean average precision of a detector that answers cell by cell: class scores `[B, H, W, K]` (class 0
 * is nothing) and boxes `[B, H, W, 4]` (offset of the middle in cells across and down, width and height
 * in pictures), with the true classes `[B, H, W]` and boxes. A cell's answer is right where the cell
 * holds the middle of an object of that class and the boxes overlap enough. Everingham et al. 2010;
 * precision is taken at each of 200 steps of the score.
 */
export const meanAveragePrecision = defineMetric({
  kind: 'mean-average-precision',
  category: 'metric',
  icon: 'scan-eye',
  text: {
    title: 'mAP',
    description: 'How well objects are found, named and framed.',
    params: { overlap: { label: 'Overlap', help: 'The least intersection over union of a right box.' } },
    ports: { classes: 'class scores', boxes: 'boxes', labels: 'true classes', targets: 'true boxes' },
    aliases: ['mean average precision', 'detection', 'boxes', 'coco', 'voc'],
  },
  params: z.object({ overlap: z.number().min(0.05).max(0.95).default(0.5).meta({ step: 0.05 }) }),
  ports: {
    inputs: [floatPort('classes'), floatPort('boxes'), indexPort('labels'), floatPort('targets')],
    outputs: [],
  },
  metricKey: 'meanAveragePrecision',
  format: 'percent',
  better: 'higher',
  infer({ inputs: { classes, boxes, labels, targets } }) {
    if (!classes || !boxes || !labels || !targets) return { outputs: {} };
    const wrong = (port: string, expected: string, received: readonly unknown[]) => ({
      problem: { code: 'needs-shape', port, data: { expected, received: received.join('×') } },
    });
    if (classes.shape.length !== 4 || Number(classes.shape[3]) < 2) {
      return wrong('classes', 'B×H×W×classes', classes.shape);
    }
    const cells = classes.shape.slice(0, -1);
    if (!sameShape(labels.shape, cells)) return wrong('labels', formatShape(cells), labels.shape);
    for (const [port, type] of Object.entries({ boxes, targets })) {
      const expected = withLast(classes.shape, 4);
      if (!sameShape(type.shape, expected)) return wrong(port, formatShape(expected), type.shape);
    }
    return { outputs: {} };
  },
  accumulate({ ctx: { ops }, inputs, params }) {
    const classes = required(inputs.classes, 'mean-average-precision: classes');
    const labels = required(inputs.labels, 'mean-average-precision: labels');
    const boxes = required(inputs.boxes, 'mean-average-precision: boxes');
    const targets = required(inputs.targets, 'mean-average-precision: targets');
    const [batch = 1, height = 1, width = 1, count = 1] = classes.shape;
    const rows = batch * height * width;
    const framed = ops.cast(
      ops.greaterEqual(overlap(ops, boxes, targets), ops.scalar(params.overlap)),
      'float32',
    );
    const flat = (x: Tensor) => ops.reshape(x, [rows, count]);
    const objects = flat(ops.oneHot(labels, count));
    const right = ops.mul(objects, ops.reshape(framed, [rows, 1]));
    const bin = ops.clip(
      ops.floor(ops.mul(flat(ops.softmax(classes)), ops.scalar(SCORE_BINS))),
      0,
      SCORE_BINS - 1,
    );
    const bins = ops.oneHot(ops.cast(bin, 'int32'), SCORE_BINS);
    const counted = (x: Tensor) => ops.reshape(ops.einsum('rk,rks->ks', [x, bins]), [count * SCORE_BINS]);
    return {
      hits: counted(right),
      misses: counted(ops.sub(ops.scalar(1), right)),
      objects: ops.sum(objects, [0]),
    };
  },
  finish(sums) {
    const objects = sumList(sums, 'objects');
    const hits = sumList(sums, 'hits');
    const misses = sumList(sums, 'misses');
    const figures = objects.flatMap((total, label) => {
      if (label === 0 || total === 0) return [];
      const of = (list: readonly number[]) => list.slice(label * SCORE_BINS, (label + 1) * SCORE_BINS);
      return [averagePrecision(of(hits), of(misses), total)];
    });
    return figures.length === 0 ? 0 : figures.reduce((sum, value) => sum + value, 0) / figures.length;
  },
  summary: ({ overlap: least }) => [`IoU ≥ ${least}`],
  lesson: {
    summary:
      'A detector must find, name and frame at once. Its answers are sorted by how sure it is; the mean precision over all that is to be found is one class’s figure, and the mean of the classes is this one. False alarms cost only where they are surer than hits.',
    formula: 'AP = Σ (recall step)·precision,  mAP = mean over classes',
    references: [
      {
        title: 'Everingham et al. 2010: The PASCAL visual object classes challenge',
        url: 'https://doi.org/10.1007/s11263-009-0275-4',
      },
    ],
  },
  examples: [
    {
      name: 'a small grid',
      inputs: {
        classes: float32([2, 2, 3, 3]),
        boxes: float32([2, 2, 3, 4]),
        labels: int32([2, 2, 3]),
        targets: float32([2, 2, 3, 4]),
      },
      ranges: { labels: [0, 3], boxes: [0.4, 0.6], targets: [0.4, 0.6], classes: [-3, 3] },
      params: {},
      outputs: {},
      parameterCount: 0,
    },
    {
      name: 'one class, loose boxes',
      inputs: {
        classes: float32([3, 2, 2, 2]),
        boxes: float32([3, 2, 2, 4]),
        labels: int32([3, 2, 2]),
        targets: float32([3, 2, 2, 4]),
      },
      ranges: { boxes: [0.2, 0.8], targets: [0.2, 0.8] },
      params: { overlap: 0.3 },
      outputs: {},
    },
  ],
});
