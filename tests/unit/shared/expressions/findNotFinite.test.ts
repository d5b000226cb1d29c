import { expect, it } from 'vitest';
import { findNotFinite } from '#shared/expressions/findNotFinite.ts';
import { parseExpression } from '#shared/expressions/parseExpression.ts';

const found = (text: string) => {
  const parsed = parseExpression(text);
  if ('error' in parsed) throw new Error(JSON.stringify(parsed.error));
  return findNotFinite(parsed.expression);
};

it.each([
  ['a/0', { at: 1, found: '/', byZero: true }],
  ['a + 1 / (2 - 2)', { at: 6, found: '/', byZero: true }],
  ['a * tanh(1 / -0)', { at: 11, found: '/', byZero: true }],
  ['a*sqrt(-1)', { at: 2, found: 'sqrt', byZero: false }],
  ['log(0) + sqrt(-1)', { at: 0, found: 'log', byZero: false }],
  ['max(a, (-8)^(1/3))', { at: 11, found: '^', byZero: false }],
  // Beyond single precision.
  ['a + 1e30 * 1e30', { at: 9, found: '*', byZero: false }],
  ['exp(89) - a', { at: 0, found: 'exp', byZero: false }],
])('%s is no finite number, whatever comes in', (text, place) => expect(found(text)).toEqual(place));

it.each(['a', 'a/b', '1/(a-a)', 'sqrt(a)', 'log(b - 1)', '0/a', 'a^-1', 'exp(88)', '2^-140 * a'])(
  '%s may be one',
  (text) => expect(found(text)).toBeUndefined(),
);
