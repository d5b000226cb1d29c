import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import {
  type Calculator,
  calculate,
  type Expression,
  namesIn,
  type Operator,
} from '../../expressions/expression.ts';
import { findNotFinite } from '../../expressions/findNotFinite.ts';
import { parseExpression } from '../../expressions/parseExpression.ts';
import type { TensorType } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { broadcastList, numbersOf } from '../broadcast.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import type { Ops } from '../ops.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

const inputs = ['a', 'b', 'c', 'd'];

function tensors(ops: Ops, values: Readonly<Record<string, Tensor>>): Calculator<Tensor> {
  const binary: Record<Operator, (left: Tensor, right: Tensor) => Tensor> = {
    '+': ops.add,
    '-': ops.sub,
    '*': ops.mul,
    '/': ops.div,
    '^': ops.pow,
  };
  return {
    number: ops.scalar,
    name: (name) => required(values[name], `expression: ${name}`),
    negate: ops.neg,
    binary: (operator, left, right) => binary[operator](left, right),
    call: (name, args) => {
      const [first, second] = args;
      const x = required(first, `expression: argument of ${name}`);
      if (name === 'min') return ops.minimum(x, required(second, 'expression: second argument'));
      if (name === 'max') return ops.maximum(x, required(second, 'expression: second argument'));
      return ops[name](x);
    },
  };
}

/** The expression in Python: functions of `library`, numbers through `number`. */
function pythonText(library: string, number: (value: number) => string): Calculator<string> {
  const renamed: Readonly<Record<string, string>> = {
    min: `${library}.minimum`,
    max: `${library}.maximum`,
    ...(library === 'torch' && { softplus: 'F.softplus' }),
  };
  const operators: Record<Operator, string> = { '+': '+', '-': '-', '*': '*', '/': '/', '^': '**' };
  return {
    number,
    name: (name) => `{${name}}`,
    negate: (operand) => `(-${operand})`,
    binary: (operator, left, right) => `(${left} ${operators[operator]} ${right})`,
    call: (name, args) => `${renamed[name] ?? `${library}.${name}`}(${args.join(', ')})`,
  };
}

const read = (text: string): Expression | undefined => {
  const parsed = parseExpression(text);
  return 'expression' in parsed ? parsed.expression : undefined;
};

/** Arithmetic on up to four tensors, number by number; shapes agree or stretch to agree. */
export const expression = defineLayer({
  kind: 'expression',
  category: 'operation',
  icon: 'square-function',
  text: {
    title: 'Expression',
    description: 'Computes a formula of its inputs, number by number.',
    params: {
      formula: {
        label: 'Formula',
        help: 'Inputs a, b, c, d; + − * / ^; abs sqrt square exp log sin cos tanh sigmoid relu softplus sign floor round erf, min and max of two; pi and e.',
      },
    },
    ports: { a: 'a', b: 'b', c: 'c', d: 'd', y: 'result' },
    aliases: ['formula', 'arithmetic', 'custom', 'function', 'lambda', 'math'],
  },
  params: z.object({ formula: z.string().max(500).default('a * 2 + 1') }),
  ports: {
    inputs: [floatPort('a'), ...inputs.slice(1).map((id) => floatPort(id, { optional: true }))],
    outputs: [tensorPort()],
  },
  checkParams({ params }) {
    const parsed = parseExpression(params.formula);
    if ('error' in parsed) {
      const { reason, at, found } = parsed.error;
      return {
        code: 'expression-unreadable',
        param: 'formula',
        data: { reason: found === '' && reason !== 'arguments' ? 'end' : reason, at: at + 1, found },
      };
    }
    const unknown = namesIn(parsed.expression).find(({ name }) => !inputs.includes(name));
    if (unknown) {
      const data = { name: unknown.name, at: unknown.at + 1 };
      return { code: 'expression-name-unknown', param: 'formula', data };
    }
    const none = findNotFinite(parsed.expression);
    if (!none) return undefined;
    return { code: 'expression-not-finite', param: 'formula', data: { ...none, at: none.at + 1 } };
  },
  infer({ inputs: types, params }): InferResult {
    const parsed = read(params.formula);
    if (!types.a || !parsed) return { outputs: {} };
    const used: TensorType[] = [];
    for (const { name, at } of namesIn(parsed)) {
      const type = types[name];
      if (!type) {
        return {
          problem: { code: 'expression-input-missing', param: 'formula', data: { name, at: at + 1 } },
        };
      }
      used.push(type);
    }
    const common = broadcastList(used, 'a');
    if ('problem' in common) {
      const { fix: _fix, wire = 0, ...problem } = common.problem;
      return { problem: { ...problem, port: namesIn(parsed)[wire]?.name ?? 'a' } };
    }
    return { outputs: { y: float32(common.shape) } };
  },
  flops({ params, outputs: { y } }) {
    const parsed = read(params.formula);
    const steps: Calculator<number> = {
      number: () => 0,
      name: () => 0,
      negate: (operand) => operand + 1,
      binary: (_, left, right) => left + right + 1,
      call: (_, args) => args.reduce((sum, count) => sum + count, 1),
    };
    return parsed ? calculate(parsed, steps) * numbersOf(y) : 0;
  },
  forward({ ctx: { ops }, inputs: values, params }) {
    const parsed = required(read(params.formula), 'expression: formula');
    return { y: calculate(parsed, tensors(ops, values)) };
  },
  summary: ({ formula }) => [formula === '' ? 'no formula' : formula],
  lesson: {
    summary:
      'Computes what its formula says for every number, with automatic gradients. It is a small language of its own – numbers, inputs, arithmetic and a list of functions – so a graph from elsewhere can do nothing but arithmetic with it.',
    formula: 'y = f(a, b, c, d)',
    references: [
      { title: 'Pratt 1973: Top down operator precedence', url: 'https://doi.org/10.1145/512927.512931' },
      references.broadcasting,
    ],
  },
  sources: {
    pytorch: ({ params }) => {
      const parsed = read(params.formula);
      return {
        call: parsed
          ? calculate(
              parsed,
              pythonText('torch', (value) => `torch.tensor(${value.toFixed(12)})`),
            )
          : '{a}',
      };
    },
    keras: ({ params }) => {
      const parsed = read(params.formula);
      return {
        call: parsed
          ? calculate(
              parsed,
              pythonText('ops', (value) => `ops.convert_to_tensor(${value.toFixed(12)})`),
            )
          : '{a}',
      };
    },
  },
  examples: [
    {
      name: 'one input',
      inputs: { a: float32([3, 4]) },
      params: {},
      outputs: { y: [3, 4] },
      parameterCount: 0,
    },
    {
      name: 'every sign, inputs that stretch',
      inputs: { a: float32([2, 3, 4]), b: float32([4]), c: float32([2, 1, 1]) },
      ranges: { b: [0.5, 2] },
      params: { formula: '-(a + 0.5)^2 / b - c * pi' },
      outputs: { y: [2, 3, 4] },
    },
    {
      name: 'functions',
      inputs: { a: float32([3, 5]), b: float32([3, 5]), d: float32([3, 5]) },
      ranges: { b: [0.5, 2] },
      params: {
        formula:
          'log(b) * sigmoid(a) + sqrt(exp(sin(a))) - max(tanh(d), min(softplus(a), 0.7)) + cos(abs(b))',
      },
      outputs: { y: [3, 5] },
    },
  ],
});
