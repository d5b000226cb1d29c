import { describe, expect, it } from 'vitest';
import { evaluate } from '#shared/expressions/evaluate.ts';
import { type Calculator, calculate, namesIn, type Operator } from '#shared/expressions/expression.ts';
import { mentionedNames, parseExpression, replaceName } from '#shared/expressions/parseExpression.ts';

const operations: Record<Operator, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
};
const numbers = (values: Readonly<Record<string, number>>): Calculator<number> => ({
  number: (value) => value,
  name: (name) => values[name] ?? Number.NaN,
  negate: (operand) => -operand,
  binary: (operator, left, right) => operations[operator](left, right),
  call: (name, args) => (name === 'max' ? Math.max(...args) : Math.exp(args[0] ?? Number.NaN)),
});

function computed(text: string, values: Readonly<Record<string, number>> = {}): number {
  const parsed = parseExpression(text);
  if ('error' in parsed) throw new Error(JSON.stringify(parsed.error));
  return calculate(parsed.expression, numbers(values));
}

describe('an expression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 - 2 - 1', 4],
    ['16 / 4 / 2', 2],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['2 * -3', -6],
    ['--3', 3],
    ['1.5e1 + .5', 15.5],
    ['max(1, 2) * exp(0)', 2],
    ['6 × 4 ÷ 3 − 2·2', 4],
    ['2 ** 3', 8],
    ['pi', Math.PI],
  ])('%s is computed as in mathematics', (text, value) => {
    expect(computed(text)).toBeCloseTo(value, 12);
  });

  it('takes named inputs and says where they first stand', () => {
    expect(computed('a * b + a', { a: 2, b: 3 })).toBe(8);
    const parsed = parseExpression('exp(b) - a * b');
    expect('expression' in parsed && namesIn(parsed.expression)).toEqual([
      { name: 'b', at: 4 },
      { name: 'a', at: 9 },
    ]);
  });

  it.each([
    ['', { reason: 'value', at: 0, found: '' }],
    ['a +', { reason: 'value', at: 3, found: '' }],
    ['a + * b', { reason: 'value', at: 4, found: '*' }],
    ['a b', { reason: 'operator', at: 2, found: 'b' }],
    ['2a', { reason: 'operator', at: 1, found: 'a' }],
    ['(a + b', { reason: 'bracket', at: 6, found: '' }],
    ['a + b)', { reason: 'operator', at: 5, found: ')' }],
    ['a  + $', { reason: 'character', at: 5, found: '$' }],
    ['sinh(a)', { reason: 'function', at: 0, found: 'sinh' }],
    ['constructor(a)', { reason: 'function', at: 0, found: 'constructor' }],
    ['1 + max(a)', { reason: 'arguments', at: 4, found: 'max' }],
    ['exp(a, b)', { reason: 'arguments', at: 0, found: 'exp' }],
    ['1 + 😀', { reason: 'character', at: 4, found: '😀' }],
    ['a * 1e39', { reason: 'size', at: 4, found: '1e39' }],
    ['a + ** 2', { reason: 'value', at: 4, found: '**' }],
    ['a.constructor', { reason: 'character', at: 1, found: '.' }],
  ])('%s is refused, and the place named', (text, error) => {
    expect(parseExpression(text)).toEqual({ error });
  });

  it('is refused where it is nested too deeply, and not by an overflow', () => {
    const deep = `${'('.repeat(200)}a${')'.repeat(200)}`;
    expect(parseExpression(deep)).toMatchObject({ error: { reason: 'depth' } });
    expect(parseExpression('-'.repeat(400))).toMatchObject({ error: { reason: 'depth' } });
  });
});

describe('evaluation', () => {
  const of = (text: string): number => {
    const parsed = parseExpression(text);
    return 'expression' in parsed ? evaluate(parsed.expression, new Map([['width', 6]])) : Number.NaN;
  };

  it.each([
    ['2^3^2 - -width', 518],
    ['(1 + 2) * width / 4', 4.5],
    ['max(floor(2.7), round(2.5)) + abs(-1)', 4],
    ['sqrt(square(width)) + sign(-3) + relu(-2)', 5],
    ['log(exp(2)) + min(pi, e)', 2 + Math.E],
    // scipy.special.erf
    ['erf(0.5)', 0.5204998778130465],
    ['erf(-3.2)', -0.9999939742388483],
    ['erf(40)', 1],
    ['sigmoid(0) + tanh(0) + softplus(1000)', 1000.5],
    ['sin(pi/2) + cos(0)', 2],
  ])('%s', (text, value) => expect(of(text)).toBeCloseTo(value, 12));

  it('knows no value of a name that has none', () => expect(of('height')).toBeNaN());

  it('replaces names, and nothing that only looks like them', () => {
    expect(replaceName(' width*width2 + wid ', 'width', '(a+1)')).toBe(' (a+1)*width2 + wid ');
    expect(replaceName('width + $ width', 'width', 'w')).toBe('w + $ width');
    expect([...mentionedNames('2*a + sqrt(b')]).toEqual(['a', 'sqrt', 'b']);
  });
});
