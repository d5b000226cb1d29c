/** Steps into which scores between 0 and 1 are sorted. */
export const SCORE_BINS = 200;

/**
 * Area under the curve of hits over false alarms (Hanley and McNeil 1982), from counts by score; equal
 * scores count half. ½ where one of the two sorts does not occur.
 */
export function rocArea(positives: readonly number[], negatives: readonly number[]): number {
  const all = positives.reduce((sum, count) => sum + count, 0);
  const none = negatives.reduce((sum, count) => sum + count, 0);
  if (all === 0 || none === 0) return 0.5;
  let below = 0;
  let area = 0;
  for (const [bin, count] of positives.entries()) {
    const beside = negatives[bin] ?? 0;
    area += count * (below + beside / 2);
    below += beside;
  }
  return area / (all * none);
}

/** Average precision: the mean of the precision at each hit, highest scores first; 0 without hits. */
export function averagePrecision(hits: readonly number[], misses: readonly number[], total: number): number {
  if (total === 0) return 0;
  let found = 0;
  let said = 0;
  let area = 0;
  for (let bin = hits.length - 1; bin >= 0; bin -= 1) {
    const here = hits[bin] ?? 0;
    found += here;
    said += here + (misses[bin] ?? 0);
    if (said > 0) area += (here / total) * (found / said);
  }
  return area;
}
