/**
 * A small arithmetic language: numbers, named inputs, `+ - * / ^`, brackets and a closed list of
 * functions. It can say nothing but arithmetic, so that a document that holds it runs nothing.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly args: readonly Expression[];
      readonly at: number;
    };

export type Operator = '+' | '-' | '*' | '/' | '^';

/** How many arguments each function takes. */
export const functions = {
  abs: 1,
  sqrt: 1,
  square: 1,
  exp: 1,
  log: 1,
  sin: 1,
  cos: 1,
  tanh: 1,
  sigmoid: 1,
  relu: 1,
  softplus: 1,
  sign: 1,
  floor: 1,
  round: 1,
  erf: 1,
  min: 2,
  max: 2,
} as const;
export type FunctionName = keyof typeof functions;

export const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** Names of fixed numbers. */
export const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };

/** Names that no input or variable can have. */
export const isReservedName = (name: string): boolean => isFunction(name) || Object.hasOwn(constants, name);

/** Every input that an expression mentions, in the order in which they first come. */
export function namesIn(expression: Expression): readonly { name: string; at: number }[] {
  const found = new Map<string, number>();
  const visit = (part: Expression): void => {
    switch (part.kind) {
      case 'number':
        return;
      case 'name':
        if (!found.has(part.name)) found.set(part.name, part.at);
        return;
      case 'negate':
        visit(part.operand);
        return;
      case 'binary':
        visit(part.left);
        visit(part.right);
        return;
      case 'call':
        for (const argument of part.args) visit(argument);
    }
  };
  visit(expression);
  return [...found].map(([name, at]) => ({ name, at }));
}

/** What a calculator must be able to do to compute an expression. */
export interface Calculator<T> {
  number(value: number): T;
  name(name: string): T;
  negate(operand: T): T;
  binary(operator: Operator, left: T, right: T): T;
  call(name: FunctionName, args: readonly T[]): T;
}

/** Computes an expression: with tensors, or as another language's text. */
export function calculate<T>(expression: Expression, calculator: Calculator<T>): T {
  switch (expression.kind) {
    case 'number':
      return calculator.number(expression.value);
    case 'name':
      return calculator.name(expression.name);
    case 'negate':
      return calculator.negate(calculate(expression.operand, calculator));
    case 'binary':
      return calculator.binary(
        expression.operator,
        calculate(expression.left, calculator),
        calculate(expression.right, calculator),
      );
    case 'call':
      return calculator.call(
        expression.name,
        expression.args.map((argument) => calculate(argument, calculator)),
      );
  }
}
