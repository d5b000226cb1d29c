/** The nearest whole number; never −0, which a file does not keep. */
export const rounded = (value: number): number => Math.round(value) + 0;
