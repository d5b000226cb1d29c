type Sums = Readonly<Record<string, number>>;

/** Under which name a place of a sum that is a list is kept. */
export const sumKey = (sum: string, place: number): string => `${sum}[${place}]`;

/** A sum that is a list; of one place it is kept as a number. */
export function sumList(sums: Sums, sum: string): readonly number[] {
  const single = sums[sum];
  if (single !== undefined) return [single];
  const list: number[] = [];
  for (let place = 0; ; place += 1) {
    const value = sums[sumKey(sum, place)];
    if (value === undefined) return list;
    list.push(value);
  }
}

/** `sum / count`, and 0 of nothing. */
export const quotient = (sum = 0, count = 0): number => (count === 0 ? 0 : sum / count);
