import { constants, type Expression, functions, isFunction, type Operator } from './expression.ts';

export type ExpressionReason =
  | 'character'
  | 'value'
  | 'operator'
  | 'bracket'
  | 'function'
  | 'arguments'
  | 'depth'
  | 'size'
  | 'length';

/** Where and why a text is no expression; `at` counts characters from 0. */
export interface ExpressionError {
  readonly reason: ExpressionReason;
  readonly at: number;
  /** What stands there; empty at the end. */
  readonly found: string;
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** As it was typed. */
  readonly found: string;
  readonly at: number;
}

const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z]\w*)|(\*\*|[-+*/^(),−×·÷]))/y;

/** Signs as they stand in print and in Python, by those of the language. */
const written: Readonly<Record<string, string>> = { '−': '-', '×': '*', '·': '*', '÷': '/', '**': '^' };

/** How strongly an operator binds its two sides; `^` binds its right side first. */
const strengths: Readonly<Record<Operator, readonly [number, number]>> = {
  '+': [1, 2],
  '-': [1, 2],
  '*': [3, 4],
  '/': [3, 4],
  '^': [8, 7],
};
/** Between `*` and `^`, so that −x^2 is −(x^2). */
const NEGATION = 5;
const MAX_DEPTH = 50;
/** The largest number in single precision. */
const MAX_NUMBER = 3.4028234663852886e38;

const isOperator = (text: string): text is Operator => Object.hasOwn(strengths, text);

class Failure extends Error {
  readonly problem: ExpressionError;
  constructor(reason: ExpressionReason, { found, at }: Pick<Token, 'found' | 'at'>) {
    super(reason);
    this.problem = { reason, at, found };
  }
}

/** Throws a Failure at the first character that begins no token. */
function* tokenize(text: string): Generator<Token> {
  let start = 0;
  while (text.slice(start).trim() !== '') {
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(text);
    if (!match) {
      const at = start + text.slice(start).search(/\S/);
      const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
      throw new Failure('character', { found, at });
    }
    const [whole, number, name, sign] = match;
    const found = number ?? name ?? sign ?? '';
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    yield { kind, text: written[found] ?? found, found, at: start + whole.length - found.length };
    start += whole.length;
  }
  yield { kind: 'end', text: '', found: '', at: text.length };
}

/**
 * The text with each use of a name replaced; the rest stays as it was typed. A text that is no expression is
 * changed up to where it can be read.
 */
export function replaceName(text: string, name: string, replacement: string): string {
  let replaced = '';
  let end = 0;
  for (const token of readableTokens(text)) {
    if (token.kind !== 'name' || token.text !== name) continue;
    replaced += text.slice(end, token.at) + replacement;
    end = token.at + name.length;
  }
  return replaced + text.slice(end);
}

/** The names in a text, also where it is no expression yet. */
export function mentionedNames(text: string): ReadonlySet<string> {
  return new Set(readableTokens(text).flatMap((token) => (token.kind === 'name' ? [token.text] : [])));
}

function readableTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  try {
    for (const token of tokenize(text)) tokens.push(token);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return tokens;
}

/** Pratt 1973: top-down operator precedence. */
class Parser {
  #next = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];

  constructor(text: string) {
    this.#tokens = [...tokenize(text)];
  }

  whole(): Expression {
    const expression = this.#expression(0);
    if (this.#peek().kind !== 'end') throw new Failure('operator', this.#peek());
    return expression;
  }

  #peek(): Token {
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
    if (!token) throw new Error('an expression has no end');
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #expression(strength: number): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Failure('depth', this.#peek());
    let left = this.#operand();
    for (let token = this.#peek(); isOperator(token.text); token = this.#peek()) {
      const [before, after] = strengths[token.text];
      if (before < strength) break;
      this.#take();
      left = { kind: 'binary', operator: token.text, left, right: this.#expression(after), at: token.at };
    }
    this.#depth -= 1;
    return left;
  }

  #operand(): Expression {
    const token = this.#take();
    if (token.kind === 'number') {
      const value = Number(token.text);
      if (value > MAX_NUMBER) throw new Failure('size', token);
      return { kind: 'number', value };
    }
    if (token.text === '-') return { kind: 'negate', operand: this.#expression(NEGATION) };
    if (token.text === '(') {
      const inner = this.#expression(0);
      this.#expect(')');
      return inner;
    }
    if (token.kind !== 'name') throw new Failure('value', token);
    if (this.#peek().text === '(') return this.#call(token);
    const fixed = Object.hasOwn(constants, token.text) ? constants[token.text] : undefined;
    if (fixed !== undefined) return { kind: 'number', value: fixed };
    return { kind: 'name', name: token.text, at: token.at };
  }

  #call(token: Token): Expression {
    if (!isFunction(token.text)) throw new Failure('function', token);
    this.#expect('(');
    const args = [this.#expression(0)];
    while (this.#peek().text === ',') {
      this.#take();
      args.push(this.#expression(0));
    }
    this.#expect(')');
    if (args.length !== functions[token.text]) throw new Failure('arguments', token);
    return { kind: 'call', name: token.text, args, at: token.at };
  }

  #expect(sign: string): void {
    const token = this.#take();
    if (token.text !== sign) throw new Failure('bracket', token);
  }
}

/** Reads an expression, or says at which character it is wrong. */
export function parseExpression(text: string): { expression: Expression } | { error: ExpressionError } {
  try {
    return { expression: new Parser(text).whole() };
  } catch (error) {
    if (error instanceof Failure) return { error: error.problem };
    throw error;
  }
}
