import { evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';

/** A part of an expression that is no finite number, whatever its inputs are; `at` counts characters from 0. */
export interface NotFinite {
  readonly at: number;
  /** The function or sign that makes it so. */
  readonly found: string;
  readonly byZero: boolean;
}

const nothing: ReadonlyMap<string, number> = new Map();

/**
 * The first part that can be no finite number in single precision: a division by a zero that stands there, or fixed
 * numbers that a function or sign makes infinite or has no value for.
 */
export function findNotFinite(expression: Expression): NotFinite | undefined {
  let first: NotFinite | undefined;
  /** The number that a part stands for; undefined where inputs decide it, or where it was found to be none. */
  const fixed = (part: Expression): number | undefined => {
    switch (part.kind) {
      case 'number':
        return part.value;
      case 'name':
        return undefined;
      case 'negate': {
        const value = fixed(part.operand);
        return value === undefined ? undefined : -value;
      }
      case 'binary': {
        const [left, right] = [fixed(part.left), fixed(part.right)];
        if (part.operator === '/' && right === 0) {
          first ??= { at: part.at, found: part.operator, byZero: true };
          return undefined;
        }
        if (left === undefined || right === undefined) return undefined;
        return judged({ ...part, left: number(left), right: number(right) }, part.operator);
      }
      case 'call': {
        const args = part.args.map(fixed);
        if (args.includes(undefined)) return undefined;
        return judged({ ...part, args: args.map((value = Number.NaN) => number(value)) }, part.name);
      }
    }
  };
  const judged = (part: Expression & { readonly at: number }, found: string): number | undefined => {
    const value = evaluate(part, nothing);
    if (Number.isFinite(Math.fround(value))) return value;
    first ??= { at: part.at, found, byZero: false };
    return undefined;
  };
  fixed(expression);
  return first;
}

const number = (value: number): Expression => ({ kind: 'number', value });
