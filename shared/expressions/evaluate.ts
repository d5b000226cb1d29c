import { type Calculator, calculate, type Expression, type FunctionName } from './expression.ts';

/** erf(x) = 2/√π · e^(−x²) · Σ 2ⁿx^(2n+1)/(2n+1)!!, whose terms are all of one sign (Abramowitz and Stegun 7.1.6). */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const functions: Readonly<Record<FunctionName, (x: number, y: number) => number>> = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(0, x),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  sign: Math.sign,
  floor: Math.floor,
  round: Math.round,
  erf,
  min: Math.min,
  max: Math.max,
};

/** The number that an expression stands for; every name in it must be among the values. May be no finite number. */
export function evaluate(expression: Expression, values: ReadonlyMap<string, number>): number {
  const calculator: Calculator<number> = {
    number: (value) => value,
    name: (name) => values.get(name) ?? Number.NaN,
    negate: (operand) => -operand,
    binary: (operator, left, right) => {
      switch (operator) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '/':
          return left / right;
        case '^':
          return left ** right;
      }
    },
    call: (name, [x = Number.NaN, y = Number.NaN]) => functions[name](x, y),
  };
  return calculate(expression, calculator);
}
