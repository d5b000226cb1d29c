/** Where a match begins counts more, and so do runs of characters. */
const START_OF_TEXT = 12;
const START_OF_WORD = 8;
const IN_A_ROW = 5;
const SINGLE = 1;
/** Every character between two matched ones takes something away. */
const GAP = 0.4;

const isWordStart = (text: string, at: number): boolean =>
  at === 0 ||
  /[\s\-_/.,()]/.test(text[at - 1] ?? '') ||
  (/[a-z]/.test(text[at - 1] ?? '') && /[A-Z\d]/.test(text[at] ?? ''));

/** Whether a text has these words with their beginning where one of its words begins: “gan” is not in “again”. */
export function beginsWordIn(text: string, words: string): boolean {
  const [lower, wanted] = [text.toLowerCase(), words.toLowerCase()];
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    // Chinese is written without spaces: any of its characters may begin a word.
    if (!/[a-z\d]/.test(lower[at] ?? '') || !/[a-z\d]/.test(lower[at - 1] ?? '')) return true;
  }
  return false;
}

/**
 * How well `word` is found in `text`: its characters in order, with others between them. 0 where it is
 * not; a whole word at the start scores highest.
 */
export function fuzzyScore(word: string, text: string): number {
  if (word === '') return 1;
  const wanted = word.toLowerCase();
  const lower = text.toLowerCase();
  const whole = lower.indexOf(wanted);
  if (whole >= 0) {
    const place = whole === 0 ? START_OF_TEXT : isWordStart(text, whole) ? START_OF_WORD : SINGLE;
    const exact = lower === wanted ? START_OF_TEXT : 0;
    // Of two that begin alike, the shorter text is meant.
    return place + exact + wanted.length * IN_A_ROW - text.length * 0.02;
  }
  // A typing slip should not find everything: one character alone, or far apart ones, do not count.
  if (wanted.length < 2) return 0;
  let score = 0;
  let at = -1;
  for (const character of wanted) {
    const next = lower.indexOf(character, at + 1);
    if (next < 0) return 0;
    score += next === at + 1 && at >= 0 ? IN_A_ROW : isWordStart(text, next) ? START_OF_WORD : SINGLE;
    if (at >= 0) score -= Math.min(4, (next - at - 1) * GAP);
    at = next;
  }
  const worthIt = score / wanted.length >= 2.5;
  return worthIt ? score * 0.6 : 0;
}

/** The sum over the words of a query; 0 where one of them is nowhere. `texts` are given best first, with weights. */
export function fuzzyQuery(
  query: string,
  texts: readonly (readonly [text: string, weight: number])[],
): number {
  let total = 0;
  for (const word of query.split(/\s+/).filter(Boolean)) {
    const best = Math.max(0, ...texts.map(([text, weight]) => fuzzyScore(word, text) * weight));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}
