import { evaluate } from '../expressions/evaluate.ts';
import { type Expression, namesIn } from '../expressions/expression.ts';
import type { ExpressionError } from '../expressions/parseExpression.ts';
import type { Problem } from '../protocol/problem.ts';
import type { GraphDocument, Variable } from './document.ts';
import { isExpression, readExpression } from './paramExpressions.ts';

/** What names stand for. */
export interface VariableScope {
  readonly values: ReadonlyMap<string, number>;
  /** Why a variable has no value, by name. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** Why an expression cannot be read, as a Problem's data; places are counted from 1. */
export const unreadable = ({ reason, at, found }: ExpressionError): Problem['data'] => ({
  reason: found === '' && reason !== 'arguments' ? 'end' : reason,
  at: at + 1,
  found,
});

class Resolver {
  readonly values = new Map<string, number>();
  readonly problems = new Map<string, Problem>();
  /** Names on the way to the one that is worked out. */
  readonly #open: string[] = [];
  readonly #variables: ReadonlyMap<string, Variable>;

  constructor(variables: readonly Variable[]) {
    this.#variables = new Map(variables.map((variable) => [variable.name, variable]));
    for (const name of this.#variables.keys()) this.#resolve(name);
  }

  #resolve(name: string): void {
    if (this.values.has(name) || this.problems.has(name)) return;
    const value = this.#variables.get(name)?.value;
    if (typeof value === 'number') this.values.set(name, value);
    if (!isExpression(value)) return;
    const parsed = readExpression(value);
    if ('error' in parsed) {
      this.#report(name, 'variable-unreadable', unreadable(parsed.error));
      return;
    }
    this.#open.push(name);
    const complete = this.#namesKnown(name, parsed.expression);
    this.#open.pop();
    if (!complete || this.problems.has(name)) return;
    const number = evaluate(parsed.expression, this.values);
    if (Number.isFinite(number)) this.values.set(name, number);
    else this.#report(name, 'variable-no-number', { expression: value, at: 1 });
  }

  #namesKnown(name: string, expression: Expression): boolean {
    for (const { name: other, at } of namesIn(expression)) {
      if (!this.#variables.has(other)) {
        this.#report(name, 'variable-names-unknown', { other, at: at + 1 });
        return false;
      }
      const start = this.#open.indexOf(other);
      if (start >= 0) {
        const circle = [...this.#open.slice(start), other];
        this.#report(name, 'variable-cycle', { circle: circle.join(' → '), at: at + 1 });
        return false;
      }
      this.#resolve(other);
      if (!this.values.has(other)) {
        this.#report(name, 'variable-names-broken', { other, at: at + 1 });
        return false;
      }
    }
    return true;
  }

  #report(name: string, code: string, data: Problem['data']): void {
    if (this.problems.has(name)) return;
    this.problems.set(name, { code, severity: 'error', variable: name, data: { name, ...data } });
  }
}

const none: Variable[] = [];
const scopes = new WeakMap<Variable[], VariableScope>();

/** The numbers that the document's variables stand for, and what is wrong with the others. */
export function variableScope({ variables = none }: Pick<GraphDocument, 'variables'>): VariableScope {
  const known = scopes.get(variables);
  if (known) return known;
  const scope: VariableScope = new Resolver(variables);
  scopes.set(variables, scope);
  return scope;
}
