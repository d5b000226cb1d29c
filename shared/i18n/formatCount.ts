const NARROW = '\u202f';

/** A whole number with narrow spaces that do not break between thousands: `18 496`. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, NARROW);
}
