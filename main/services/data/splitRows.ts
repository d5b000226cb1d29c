import { createRandom, randomOrder } from '#main/engine/data/random.ts';

/** 0 training, 1 validation, 2 test. */
export type SplitNumber = 0 | 1 | 2;

export interface SplitRequest {
  readonly count: number;
  readonly validation: number;
  readonly test: number;
  /** Undefined keeps the order: the last rows are the test, those before them the validation. */
  readonly seed: number | undefined;
  /** Class of each row, so that each split gets its share of every class. */
  readonly classes?: ArrayLike<number> | undefined;
}

/** Which split each row belongs to: the same for the same request, everywhere. */
export function splitRows({ count, validation, test, seed, classes }: SplitRequest): Uint8Array {
  const splits = new Uint8Array(count);
  if (seed === undefined) {
    const held = shares(count, validation, test);
    splits.fill(1, count - held.test - held.validation, count - held.test);
    splits.fill(2, count - held.test);
    return splits;
  }
  const random = createRandom(seed, 'split');
  for (const rows of rowsByClass(count, classes)) {
    const held = shares(rows.length, validation, test);
    const order = randomOrder(random, rows.length);
    for (let at = 0; at < held.validation + held.test; at += 1) {
      splits[rows[order[at] ?? 0] ?? 0] = at < held.validation ? 1 : 2;
    }
  }
  return splits;
}

/** Held out of so many; what is trained on is never empty where there is a row. */
function shares(count: number, validation: number, test: number): { validation: number; test: number } {
  const heldTest = Math.min(Math.round(count * test), Math.max(count - 1, 0));
  return {
    test: heldTest,
    validation: Math.min(Math.round(count * validation), Math.max(count - heldTest - 1, 0)),
  };
}

function rowsByClass(count: number, classes: ArrayLike<number> | undefined): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < count; row += 1) {
    const key = classes?.[row] ?? 0;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.keys()].toSorted((a, b) => a - b).map((key) => groups.get(key) ?? []);
}

/** The split that a cell names. */
export function namedSplit(cell: string): SplitNumber | undefined {
  const word = cell.trim().toLowerCase();
  if (['train', 'training', 'trainset'].includes(word)) return 0;
  if (['validation', 'val', 'valid', 'dev'].includes(word)) return 1;
  if (['test', 'testing', 'holdout'].includes(word)) return 2;
  return undefined;
}
