import { describe, expect, it } from 'vitest';
import { createRandom } from '#main/engine/data/random.ts';
import type { Batch } from '#main/engine/runtime.ts';
import { MetricTotals, metricKeys } from '#main/engine/train/metricTotals.ts';
import { decodeDetections, overlapOf, trueDetections } from '#shared/images/detections.ts';
import { averagePrecision, SCORE_BINS } from '#shared/nodes/curves.ts';
import type { Detection } from '#shared/protocol/run.ts';
import { nativeRuntime, planOf } from './traceSupport.ts';

const GRID = { rows: 6, columns: 6 };
const CELLS = 36;
const CLASSES = 4;

/** Of each cell. */
function softmax(scores: Float32Array): Float32Array {
  return scores.map((score, at) => {
    const first = at - (at % CLASSES);
    const cell = scores.subarray(first, first + CLASSES);
    return Math.exp(score) / cell.reduce((sum, value) => sum + Math.exp(value), 0);
  });
}

/** The figure as the definition has it: box after box, one picture after another. */
function judge(pictures: readonly { found: Detection[]; there: Detection[] }[]): number {
  const figures: number[] = [];
  for (let label = 1; label < CLASSES; label += 1) {
    const hits = new Array<number>(SCORE_BINS).fill(0);
    const misses = new Array<number>(SCORE_BINS).fill(0);
    let objects = 0;
    for (const { found, there } of pictures) {
      const wanted = there.filter((object) => object.label === label);
      objects += wanted.length;
      const taken = new Set<Detection>();
      for (const box of found.filter((one) => one.label === label)) {
        const [best] = wanted.toSorted((a, b) => overlapOf(b, box) - overlapOf(a, box));
        const right = best !== undefined && overlapOf(best, box) >= 0.5 && !taken.has(best);
        if (right) taken.add(best);
        const bin = Math.min(SCORE_BINS - 1, Math.floor(Math.fround(box.score) * SCORE_BINS));
        const list = right ? hits : misses;
        list[bin] = (list[bin] ?? 0) + 1;
      }
    }
    figures.push(averagePrecision(hits, misses, objects));
  }
  return figures.reduce((sum, value) => sum + value, 0) / figures.length;
}

describe('mean average precision', () => {
  it('is that of greedy suppression and matching, box after box', async () => {
    const plan = planOf([
      { id: 'scenes', kind: 'shape-scenes', params: { samples: 100 } },
      {
        id: 'picture',
        kind: 'conv2d',
        params: { filters: CLASSES, kernelSize: [8, 8], strides: [8, 8] },
        inputs: { x: 'scenes.image' },
      },
      {
        id: 'frames',
        kind: 'conv2d',
        params: { filters: 4, kernelSize: [8, 8], strides: [8, 8] },
        inputs: { x: 'scenes.image' },
      },
      { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits: 'picture.y', labels: 'scenes.cells' } },
      {
        id: 'map',
        kind: 'mean-average-precision',
        inputs: { classes: 'picture.y', boxes: 'frames.y', labels: 'scenes.cells', targets: 'scenes.boxes' },
      },
      { id: 'adam', kind: 'adam', inputs: { loss: 'loss.loss' } },
    ]);
    expect(plan.metrics).toEqual(['map']);
    const random = createRandom(3, 'detections');
    const size = 20;
    // Kernels that hand on four of a cell's numbers, so that the picture says what is answered.
    const kernel = (first: number) => {
      const values = new Float32Array(8 * 8 * 3 * 4);
      for (let part = 0; part < 4; part += 1) values[(first + part) * 3 * 4 + part] = 1;
      return values;
    };
    const image = new Float32Array(size * 48 * 48 * 3);
    const cells = new Int32Array(size * CELLS);
    const targets = new Float32Array(size * CELLS * 4);
    const pictures = Array.from({ length: size }, (_, at) => {
      const scores = new Float32Array(CELLS * CLASSES);
      const boxes = new Float32Array(CELLS * 4);
      for (let cell = 0; cell < CELLS; cell += 1) {
        const there = random.uniform() < 0.15 ? 1 + random.below(3) : 0;
        cells[at * CELLS + cell] = there;
        for (let part = 0; part < 4; part += 1) {
          const wanted = part < 2 ? 0.6 * (random.uniform() - 0.5) : 0.25 + 0.2 * random.uniform();
          targets[4 * (at * CELLS + cell) + part] = wanted;
          boxes[4 * cell + part] = wanted + (part < 2 ? 0.8 : 0.1) * (random.uniform() - 0.5);
          scores[4 * cell + part] = 3 * random.uniform() + (part === there ? 1.5 : 0);
          const row = 8 * Math.floor(cell / 6);
          const place = (column: number) => 3 * ((at * 48 + row) * 48 + 8 * (cell % 6) + column);
          image[place(part)] = scores[4 * cell + part] ?? 0;
          image[place(4 + part)] = boxes[4 * cell + part] ?? 0;
        }
      }
      return {
        found: decodeDetections(softmax(scores), boxes, { ...GRID, classes: CLASSES, least: 0 }),
        there: trueDetections(
          cells.subarray(at * CELLS, (at + 1) * CELLS),
          targets.subarray(4 * at * CELLS, 4 * (at + 1) * CELLS),
          GRID,
        ),
      };
    });
    const runtime = await nativeRuntime();
    const session = await runtime.createSession(plan, {
      seed: 1,
      initialWeights: new Map([
        ['picture/kernel', kernel(0)],
        ['picture/bias', new Float32Array(4)],
        ['frames/kernel', kernel(4)],
        ['frames/bias', new Float32Array(4)],
      ]),
    });
    const batch: Batch = {
      size,
      values: {
        'scenes.image': { shape: [size, 48, 48, 3], dtype: 'float32', data: image },
        'scenes.cells': { shape: [size, 6, 6], dtype: 'int32', data: cells },
        'scenes.boxes': { shape: [size, 6, 6, 4], dtype: 'float32', data: targets },
      },
    };
    const totals = new MetricTotals(metricKeys(plan));
    totals.add(await session.evaluateStep(batch), size);
    session.dispose();
    const suppressed = pictures.some(({ found }) => found.length < CELLS * (CLASSES - 1));
    expect(suppressed).toBe(true);
    const expected = judge(pictures);
    expect(expected).toBeGreaterThan(0.1);
    expect(expected).toBeLessThan(0.9);
    expect(totals.metrics().meanAveragePrecision).toBeCloseTo(expected, 3);
  });
});
