import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, sameShape, withLast } from '../../types/shape.ts';
import { boxOverlaps, boxSpans, suppressBoxes, surerBoxes } from '../boxOverlap.ts';
import { averagePrecision, SCORE_BINS } from '../curves.ts';
import { defineMetric } from '../defineNode.ts';
import { sumList } from '../metricSums.ts';
import { floatPort, indexPort } from '../ports.ts';
import { required } from '../required.ts';

/** More than the boxes that hang on each other in the answers of a detector that has learnt something. */
const ROUNDS = 6;
/** Boxes of one class that overlap by this much are taken for one object. */
const SUPPRESSION = 0.5;

/**
 * Mean average precision of a detector that answers cell by cell: class scores `[B, H, W, K]` (class 0
 * is nothing) and boxes `[B, H, W, 4]` (offset of the middle in cells across and down, width and height
 * in pictures), with the true classes `[B, H, W]` and boxes. Of boxes of one class that overlap by half
 * only the surest is left; it is right where it overlaps an object of its class enough, and the first to
 * do so (Everingham et al. 2010). Precision is taken at each of 200 steps of the score.
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
    const scores = required(inputs.classes, 'mean-average-precision: classes');
    const labels = required(inputs.labels, 'mean-average-precision: labels');
    const boxes = boxSpans(ops, required(inputs.boxes, 'mean-average-precision: boxes'));
    const targets = boxSpans(ops, required(inputs.targets, 'mean-average-precision: targets'));
    const [batch = 1, height = 1, width = 1, all = 1] = scores.shape;
    const count = height * width;
    const classes = all - 1;
    /** `[B, H, W, K]` → `[B, K − 1, H·W]`, without the class that is nothing. */
    const byClass = (x: Tensor) =>
      ops.transpose(
        ops.slice(ops.reshape(x, [batch, count, all]), [0, 0, 1], [batch, count, classes]),
        [0, 2, 1],
      );
    const number = (x: Tensor) => ops.cast(x, 'float32');
    const certainty = byClass(ops.softmax(scores));
    const objects = byClass(ops.oneHot(labels, all));
    const surer = surerBoxes(ops, certainty);
    const overlap = number(ops.greaterEqual(boxOverlaps(ops, boxes, boxes), ops.scalar(SUPPRESSION)));
    const kept = suppressBoxes(ops, surer, overlap, ROUNDS);

    // Of each box, the object of its class that it overlaps most: [B, K, n, objects].
    const framed = ops.mul(
      ops.reshape(boxOverlaps(ops, boxes, targets), [batch, 1, count, count]),
      ops.reshape(objects, [batch, classes, 1, count]),
    );
    const best = ops.maximum(ops.max(framed, [3], true), ops.scalar(params.overlap));
    const claims = ops.mul(
      number(ops.greaterEqual(framed, best)),
      ops.reshape(kept, [batch, classes, count, 1]),
    );
    // A box that claims what a surer one has claimed is a false alarm.
    const rivals = ops.matMul(claims, ops.transpose(claims, [0, 1, 3, 2]));
    const late = ops.max(number(ops.greater(ops.mul(rivals, surer), ops.scalar(0.5))), [3]);
    const right = ops.mul(ops.max(claims, [3]), ops.sub(ops.scalar(1), late));
    const wrong = ops.sub(kept, right);

    const bin = ops.clip(ops.floor(ops.mul(certainty, ops.scalar(SCORE_BINS))), 0, SCORE_BINS - 1);
    const bins = ops.oneHot(ops.cast(bin, 'int32'), SCORE_BINS);
    const counted = (x: Tensor) => ops.reshape(ops.einsum('bkn,bkns->ks', [x, bins]), [classes * SCORE_BINS]);
    return { hits: counted(right), misses: counted(wrong), objects: ops.sum(objects, [0, 2]) };
  },
  finish(sums) {
    const objects = sumList(sums, 'objects');
    const hits = sumList(sums, 'hits');
    const misses = sumList(sums, 'misses');
    const figures = objects.flatMap((total, label) => {
      if (total === 0) return [];
      const of = (list: readonly number[]) => list.slice(label * SCORE_BINS, (label + 1) * SCORE_BINS);
      return [averagePrecision(of(hits), of(misses), total)];
    });
    return figures.length === 0 ? 0 : figures.reduce((sum, value) => sum + value, 0) / figures.length;
  },
  summary: ({ overlap: least }) => [`IoU ≥ ${least}`],
  lesson: {
    summary:
      'A detector must find, name and frame at once. Its answers are sorted by how sure it is, and of several for one object only the surest counts; the mean precision over all that is to be found is one class’s figure, and the mean of the classes is this one. False alarms cost only where they are surer than hits.',
    formula: 'AP = Σ (recall step)·precision,  mAP = mean over classes',
    references: [
      {
        title: 'Everingham et al. 2010: The PASCAL visual object classes challenge',
        url: 'https://doi.org/10.1007/s11263-009-0275-4',
      },
    ],
  },
  sources: { pytorch: ({ params }) => ({ call: torchFigure(params.overlap) }) },
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

/** The figure in PyTorch, from the inside out as in `accumulate` and `finish`. */
function torchFigure(overlap: number): string {
  /** Low and high ends of boxes, `[B, H·W, 2]` each. */
  const spans =
    'lambda b: (lambda m, r: ((m - r).flatten(1, 2), (m + r).flatten(1, 2)))(torch.stack([(b[..., 0] + torch.arange(b.shape[2]) + 0.5) / b.shape[2], (b[..., 1] + torch.arange(b.shape[1])[:, None] + 0.5) / b.shape[1]], -1), F.relu(b[..., 2:]) / 2)';
  const overlaps =
    'lambda a, b: (lambda c, v, u: c / (v[:, :, None] + u[:, None] - c).clamp(min=1e-9))(F.relu(torch.minimum(a[1][:, :, None], b[1][:, None]) - torch.maximum(a[0][:, :, None], b[0][:, None])).prod(-1), (a[1] - a[0]).prod(-1), (b[1] - b[0]).prod(-1))';
  const scores = 'F.softmax({classes}, -1).flatten(1, 2)[:, :, 1:].mT';
  const objects = 'F.one_hot({labels}, {classes}.shape[-1]).float().flatten(1, 2)[:, :, 1:].mT';
  const surer =
    '((s[:, :, None] > s[..., None]) | ((s[:, :, None] == s[..., None]) & torch.ones(s.shape[2], s.shape[2]).tril(-1).bool())).float()';
  const suppress = `(lambda k, z: [(k := 1 - (z * k[:, :, None]).amax(3)) for _ in range(${ROUNDS})][-1])(torch.ones_like(s), r * (iou(b, b) >= ${SUPPRESSION})[:, None])`;
  const claims = `(lambda f: (f >= f.amax(3, keepdim=True).clamp(min=${overlap})).float() * k[..., None])(iou(b, t)[:, None] * o[:, :, None])`;
  const right = 'c.amax(3) * (1 - (c @ c.mT * r > 0.5).float().amax(3))';
  const counted = `lambda x: torch.einsum("bkn,bkns->ks", x, F.one_hot((s * ${SCORE_BINS}).floor().clamp(0, ${SCORE_BINS - 1}).long(), ${SCORE_BINS}).float()).flip(1)`;
  const area =
    '(lambda h, a, n: ((h * h.cumsum(1) / a.cumsum(1).clamp(min=1e-30)).sum(1) / n.clamp(min=1)).sum() / (n > 0).sum().clamp(min=1))';
  return `(lambda span, iou: (lambda s, o, b, t: (lambda r: (lambda k: (lambda c: (lambda count: ${area}(count(${right}), count(k), o.sum((0, 2))))(${counted}))(${claims}))(${suppress}))(${surer}))(${scores}, ${objects}, span({boxes}), span({targets})))(${spans}, ${overlaps})`;
}
