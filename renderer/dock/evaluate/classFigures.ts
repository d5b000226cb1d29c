/** Precision and recall of one class, from a confusion matrix `[true][predicted]`. */
export interface ClassFigures {
  readonly index: number;
  /** Samples that are of the class. */
  readonly support: number;
  /** Of what was called this class, the part that was; null where nothing was. */
  readonly precision: number | null;
  /** Of what was this class, the part that was found; null where there was none. */
  readonly recall: number | null;
}

export function classFigures(confusion: readonly (readonly number[])[]): ClassFigures[] {
  return confusion.map((row, index) => {
    const right = row[index] ?? 0;
    const support = row.reduce((sum, count) => sum + count, 0);
    const called = confusion.reduce((sum, other) => sum + (other[index] ?? 0), 0);
    return {
      index,
      support,
      precision: called === 0 ? null : right / called,
      recall: support === 0 ? null : right / support,
    };
  });
}

/** Samples off the diagonal. */
export function countErrors(confusion: readonly (readonly number[])[]): number {
  return confusion.reduce(
    (sum, row, truth) =>
      sum + row.reduce((inner, count, predicted) => inner + (truth === predicted ? 0 : count), 0),
    0,
  );
}
