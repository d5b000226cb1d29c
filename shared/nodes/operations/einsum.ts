import { z } from 'zod';
import { type Dim, formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';

const FORM = /^([a-z]+)(?:,([a-z]+))?->([a-z]*)$/;

/** The letters of each operand and of the result, or undefined where the equation cannot be read. */
function readEquation(equation: string): { operands: string[]; result: string } | undefined {
  const [, first, second, result] = FORM.exec(equation.replaceAll(' ', '')) ?? [];
  if (first === undefined || result === undefined) return undefined;
  const operands = second === undefined ? [first] : [first, second];
  const unique = [...operands, result].every((letters) => new Set(letters).size === letters.length);
  const known = [...result].every((letter) => operands.some((letters) => letters.includes(letter)));
  return unique && known ? { operands, result } : undefined;
}

/**
 * Einstein's sum over one or two tensors: axes with a letter that the result lacks are summed over.
 * Letters are lower case, each once in an operand; there is no ellipsis.
 */
export const einsum = defineLayer({
  kind: 'einsum',
  category: 'operation',
  icon: 'sigma',
  text: {
    title: 'Einsum',
    description: 'Sums products over named axes.',
    params: {
      equation: {
        label: 'Equation',
        help: 'A letter for each axis, e.g. bij,bjk->bik: letters missing on the right are summed over.',
      },
    },
    ports: { values: 'one or two tensors', y: 'tensor' },
    aliases: ['einstein summation', 'contraction', 'outer product', 'trace', 'batch matmul'],
  },
  params: z.object({ equation: z.string().min(3).max(60).default('bij,bjk->bik') }),
  ports: { inputs: [floatPort('values', { multiple: true })], outputs: [tensorPort()] },
  checkParams({ params: { equation }, nodeId }) {
    if (readEquation(equation)) return undefined;
    const fix = { kind: 'set-param' as const, nodeId, param: 'equation', value: 'bij,bjk->bik' };
    return { code: 'einsum-unreadable', param: 'equation', data: { equation }, fix };
  },
  infer({ lists: { values = [] }, params }): InferResult {
    const read = readEquation(params.equation);
    if (values.length === 0 || !read) return { outputs: {} };
    if (read.operands.length !== values.length) {
      return {
        problem: {
          code: 'einsum-operands',
          port: 'values',
          param: 'equation',
          data: { equation: params.equation, wanted: read.operands.length, count: values.length },
        },
      };
    }
    const sizes = new Map<string, Dim>();
    for (const [wire, { shape }] of values.entries()) {
      const letters = [...(read.operands[wire] ?? '')];
      const fits =
        letters.length === shape.length &&
        letters.every((letter, axis) => (sizes.get(letter) ?? shape[axis]) === shape[axis]);
      if (!fits) {
        const expected = letters.map((letter) => sizes.get(letter) ?? letter);
        return {
          problem: {
            code: 'shapes-differ',
            port: 'values',
            wire,
            data: { expected: formatShape(expected), received: formatShape(shape) },
          },
        };
      }
      for (const [axis, letter] of letters.entries()) sizes.set(letter, shape[axis] ?? 1);
    }
    return { outputs: { y: float32([...read.result].map((letter) => sizes.get(letter) ?? 1)) } };
  },
  flops({ lists: { values = [] }, params, outputs: { y } }) {
    const read = readEquation(params.equation);
    const summed = new Map<string, number>();
    for (const [wire, { shape }] of values.entries()) {
      for (const [axis, letter] of [...(read?.operands[wire] ?? '')].entries()) {
        if (!read?.result.includes(letter)) summed.set(letter, Number(shape[axis]) || 1);
      }
    }
    return 2 * numbersOf(y) * [...summed.values()].reduce((product, size) => product * size, 1);
  },
  forward({ ctx: { ops }, lists: { values = [] }, params }) {
    return { y: ops.einsum(params.equation.replaceAll(' ', ''), values) };
  },
  summary: (params) => [params.equation],
  lesson: {
    summary:
      'Writes any sum of products by naming axes: letters that both inputs share are multiplied together, letters missing on the right are summed over. One line covers matrix products, outer products, attention scores and transposes.',
    formula: 'bij,bjk->bik:  y_bik = Σⱼ a_bij·c_bjk',
    references: [
      {
        title: 'Rogozhnikov 2022: Einops and the notation of tensor operations',
        url: 'https://openreview.net/forum?id=oapKSVM2bcj',
      },
      { title: 'torch.einsum', url: 'https://docs.pytorch.org/docs/stable/generated/torch.einsum.html' },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.einsum(${JSON.stringify(params.equation)}, *{values})` }),
    keras: ({ params }) => ({ call: `ops.einsum(${JSON.stringify(params.equation)}, *{values})` }),
  },
  examples: [
    {
      name: 'a matrix product for each sample',
      inputs: { values: [float32([2, 3, 4]), float32([2, 4, 5])] },
      params: {},
      outputs: { y: [2, 3, 5] },
      parameterCount: 0,
    },
    {
      name: 'attention scores of every head',
      inputs: { values: [float32([2, 3, 2, 4]), float32([2, 5, 2, 4])] },
      params: { equation: 'bqhd, bkhd -> bhqk' },
      outputs: { y: [2, 2, 3, 5] },
    },
    {
      name: 'outer product',
      inputs: { values: [float32([3, 2]), float32([3, 4])] },
      params: { equation: 'bi,bj->bij' },
      outputs: { y: [3, 2, 4] },
    },
    {
      name: 'one tensor: sum and transpose',
      inputs: { values: [float32([2, 3, 4])] },
      params: { equation: 'bij->bj' },
      outputs: { y: [2, 4] },
    },
  ],
});
