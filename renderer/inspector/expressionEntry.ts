import { evaluate } from '#shared/expressions/evaluate.ts';
import { namesIn } from '#shared/expressions/expression.ts';
import { isExpression, readExpression } from '#shared/graph/paramExpressions.ts';
import { expressionValue } from '#shared/graph/resolveExpressions.ts';
import type { VariableScope } from '#shared/graph/variableScope.ts';
import type { JsonValue } from '#shared/protocol/json.ts';

/** What was typed into a number field. */
export type Entry =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  /** `stored` is what becomes the parameter: arithmetic without a name is taken as its result. */
  | { readonly kind: 'expression'; readonly stored: JsonValue; readonly value: number }
  | {
      readonly kind: 'wrong';
      readonly stored: string;
      readonly code: string;
      readonly data: Readonly<Record<string, string | number | boolean>>;
      /** Place in `stored`, counted from 0. */
      readonly at: number;
    };

/** With `=` before it, as it is stored. */
const asExpression = (typed: string): string => {
  const text = typed.trim();
  return isExpression(text) ? text : `=${text}`;
};

function plainNumber(typed: string): number | undefined {
  const text = typed.trim().replace(',', '.').replace('−', '-');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** Begins with an operator whose left side is the present value; `-3` is a number. */
export const operates = (typed: string): boolean => /^\s*[*/^+]\s*[^\s*/^+]/.test(typed);

function operated(present: JsonValue, typed: string): string {
  if (isExpression(present)) return `=(${present.slice(1).trim()})${typed.trim()}`;
  const value = typeof present === 'number' ? present : 0;
  return `${value < 0 ? `(${value})` : value}${typed.trim()}`;
}

/** A value after an operator was typed onto it: `*2` makes 64 of 32, and `=(width)*2` of `=width`. */
export function operateOn(present: JsonValue, typed: string): JsonValue {
  const written = operated(present, typed);
  const parsed = readExpression(asExpression(written));
  if (isExpression(written) || 'error' in parsed || namesIn(parsed.expression).length > 0)
    return asExpression(written);
  return evaluate(parsed.expression, new Map());
}

interface Place {
  readonly scope: VariableScope;
  readonly whole: boolean;
  /** What stands there now. */
  readonly present: JsonValue;
}

/** Reads what is in a number field. */
export function readEntry(typed: string, { scope, whole, present }: Place): Entry {
  if (typed.trim() === '' || typed.trim() === '=') return { kind: 'empty' };
  const value = operates(typed) ? undefined : plainNumber(typed);
  if (value !== undefined) return { kind: 'number', value };
  const written = operates(typed) ? operated(present, typed) : typed.trim();
  const text = asExpression(written);
  const parsed = readExpression(text);
  const result = expressionValue({ parsed, text, whole }, scope);
  if ('code' in result) {
    const { code, data } = result;
    return { kind: 'wrong', stored: text, code, data, at: Number(data.at ?? 1) - 1 };
  }
  const named = 'expression' in parsed && namesIn(parsed.expression).length > 0;
  const stored = named || isExpression(written) ? text : result.value;
  return { kind: 'expression', stored, value: result.value };
}

/** Whether this is how the stored value was typed, so that it may stay as it was typed. */
export const isTypedFor = (typed: string, stored: JsonValue): boolean =>
  isExpression(stored) && (typed.trim() === stored || asExpression(typed) === stored);

/** The beginning of a name at the caret. */
export function nameAtCaret(typed: string, caret: number): string | undefined {
  if (/^\w/.test(typed.slice(caret))) return undefined;
  return /(?:^|[^\w.])([A-Za-z]\w*)$/.exec(typed.slice(0, caret))?.[1];
}
