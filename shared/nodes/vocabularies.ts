/** The 83 characters of Moby Dick, line break included, in the order of their code points. */
export const bookCharacters: readonly string[] = [
  ...'\n !$&()*,-.0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]abcdefghijklmnopqrstuvwxyz—‘’“”',
];

/** Stands for nothing: what fills a short text up to the length of the others. */
const PADDING = '·';
/** Stands before the first character that a decoder writes. */
const START = '▸';

/** Padding, then a to z. */
export const nameCharacters: readonly string[] = [PADDING, ...'abcdefghijklmnopqrstuvwxyz'];

/** Padding, then what dates are spelled with. */
export const spelledDateCharacters: readonly string[] = [
  PADDING,
  ...' ,./-0123456789abcdefghijklmnopqrstuvwxyz',
];

/** The start sign, then what ISO dates are written with. */
export const isoDateCharacters: readonly string[] = [START, ...'-0123456789'];

/** The keywords that were recorded. */
export const spokenWords: readonly string[] = 'yes no up down left right on off stop go'.split(' ');
