import type { Detection } from '../protocol/run.ts';

interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** Boxes of one class that overlap by this much are taken for one object. */
const SUPPRESSION = 0.5;

/** The box of a cell: offset of the middle from the cell's in cells, then width and height in pictures. */
function boxOf(boxes: ArrayLike<number>, cell: number, { rows, columns }: Grid) {
  const [across = 0, down = 0, width = 0, height = 0] = [0, 1, 2, 3].map(
    (part) => boxes[4 * cell + part] ?? 0,
  );
  const size = { width: Math.max(0, width), height: Math.max(0, height) };
  return {
    x: ((cell % columns) + 0.5 + across) / columns - size.width / 2,
    y: (Math.floor(cell / columns) + 0.5 + down) / rows - size.height / 2,
    ...size,
  };
}

/** Intersection over union. */
export function overlapOf(a: Detection, b: Detection): number {
  const common = (low: 'x' | 'y', size: 'width' | 'height') =>
    Math.max(0, Math.min(a[low] + a[size], b[low] + b[size]) - Math.max(a[low], b[low]));
  const both = common('x', 'width') * common('y', 'height');
  const union = a.width * a.height + b.width * b.height - both;
  return union <= 0 ? 0 : both / union;
}

/** What lies in the cells: `classes[cell]`, 0 for nothing. */
export function trueDetections(
  classes: ArrayLike<number>,
  boxes: ArrayLike<number>,
  grid: Grid,
): Detection[] {
  return Array.from(classes).flatMap((label, cell) =>
    label === 0 ? [] : [{ label, score: 1, ...boxOf(boxes, cell, grid) }],
  );
}

/**
 * The boxes that a detector's answers mean: probabilities of classes `[cells, classes]` (class 0 is
 * nothing), those of at least `least`, surest first, without those that overlap a surer one of their class
 * (greedy non-maximum suppression).
 */
export function decodeDetections(
  probabilities: ArrayLike<number>,
  boxes: ArrayLike<number>,
  { classes, least, ...grid }: Grid & { readonly classes: number; readonly least: number },
): Detection[] {
  const found: Detection[] = [];
  for (let cell = 0; cell < grid.rows * grid.columns; cell += 1) {
    for (let label = 1; label < classes; label += 1) {
      const score = probabilities[cell * classes + label] ?? 0;
      if (score >= least) found.push({ label, score, ...boxOf(boxes, cell, grid) });
    }
  }
  const kept: Detection[] = [];
  for (const candidate of found.toSorted((a, b) => b.score - a.score)) {
    const taken = kept.some(
      (surer) => surer.label === candidate.label && overlapOf(surer, candidate) >= SUPPRESSION,
    );
    if (!taken) kept.push(candidate);
  }
  return kept;
}
