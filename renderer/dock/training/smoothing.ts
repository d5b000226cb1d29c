/**
 * Exponential moving average without start-up bias (Kingma and Ba 2015, section 3): a weight of 0
 * returns the values, one near 1 a nearly flat line. NaN marks a gap and is passed over.
 */
export function smooth(values: ArrayLike<number>, length: number, weight: number): Float64Array {
  const out = new Float64Array(length);
  let average = 0;
  let correction = 1;
  for (let at = 0; at < length; at++) {
    const value = values[at] ?? Number.NaN;
    if (Number.isNaN(value)) {
      out[at] = Number.NaN;
      continue;
    }
    average = weight * average + (1 - weight) * value;
    correction *= weight;
    out[at] = average / (1 - correction);
  }
  return out;
}
