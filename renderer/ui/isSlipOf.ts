/** Slips that are forgiven in a word: one, and two in a long one. */
const LONG = 8;
const SHORTEST = 4;

/** How many letters have to be added, left out, changed, or to change places with a neighbour, to get from a to b. */
function slips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Whether what was typed may be meant for a word: `dropuot` for `dropout`. */
export function isSlipOf(typed: string, word: string): boolean {
  if (typed.length < SHORTEST || word.length < SHORTEST) return false;
  const forgiven = typed.length >= LONG ? 2 : 1;
  return Math.abs(typed.length - word.length) <= forgiven && slips(typed, word) <= forgiven;
}
