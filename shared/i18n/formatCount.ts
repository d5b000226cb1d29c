const THIN = '\u2009';

/** A whole number with thin spaces between thousands: `18 496`. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, THIN);
}
