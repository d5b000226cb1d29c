import { z } from 'zod';
import { formatShape, type Shape, type TensorType } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** The last two axes of a factor, after transposing. */
function matrixOf(x: TensorType, transposed: boolean): { rows: Shape[number]; columns: Shape[number] } {
  const [first = 1, second = 1] = x.shape.slice(-2);
  return transposed ? { rows: second, columns: first } : { rows: first, columns: second };
}

const swapLast = (rank: number): number[] => {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return [...order.slice(0, -2), rank - 1, rank - 2];
};

/**
 * Matrix product over the last two axes: `[…, n, k] · […, k, m]` → `[…, n, m]`. The leading axes of
 * both are equal, or b is one matrix for all of them.
 */
export const matmul = defineLayer({
  kind: 'matmul',
  category: 'operation',
  icon: 'asterisk',
  text: {
    title: 'MatMul',
    description: 'Multiplies matrices: rows of the first by columns of the second.',
    params: { transposeA: { label: 'Transpose a' }, transposeB: { label: 'Transpose b' } },
    ports: { a: 'matrices', b: 'matrices', y: 'matrices' },
    aliases: ['matrix product', 'dot', 'gemm', 'bmm', 'inner product'],
  },
  params: z.object({ transposeA: z.boolean().default(false), transposeB: z.boolean().default(false) }),
  ports: { inputs: [floatPort('a'), floatPort('b')], outputs: [tensorPort()] },
  infer({ inputs: { a, b }, params }) {
    if (!a || !b) return { outputs: {} };
    const matrices: readonly (readonly [string, TensorType])[] = [
      ['a', a],
      ['b', b],
    ];
    for (const [port, type] of matrices) {
      if (type.shape.length < 2) {
        return {
          problem: {
            code: 'needs-shape',
            port,
            data: { expected: '…×rows×columns', received: formatShape(type.shape) },
          },
        };
      }
    }
    const left = matrixOf(a, params.transposeA);
    const right = matrixOf(b, params.transposeB);
    const outputs = { y: float32([...a.shape.slice(0, -2), left.rows, right.columns]) };
    const leading = b.shape.length === 2 || sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    if (!leading || left.columns !== right.rows) {
      const [rows, columns] = params.transposeB
        ? [right.columns, left.columns]
        : [left.columns, right.columns];
      return {
        problem: {
          code: 'shapes-differ',
          port: 'b',
          data: {
            expected: formatShape([...a.shape.slice(0, -2), rows, columns]),
            received: formatShape(b.shape),
          },
        },
        outputs,
      };
    }
    return { outputs };
  },
  flops: ({ inputs: { a }, outputs: { y }, params }) =>
    2 * numbersOf(y) * (a ? Number(matrixOf(a, params.transposeA).columns) || 0 : 0),
  forward({ ctx: { ops }, inputs, params }) {
    const a = required(inputs.a, 'matmul: a');
    const b = required(inputs.b, 'matmul: b');
    const left = params.transposeA ? ops.transpose(a, swapLast(a.shape.length)) : a;
    const right = params.transposeB ? ops.transpose(b, swapLast(b.shape.length)) : b;
    return { y: ops.matMul(left, right) };
  },
  summary: ({ transposeA, transposeB }) => [`a${transposeA ? 'ᵀ' : ''} · b${transposeB ? 'ᵀ' : ''}`],
  lesson: {
    summary:
      'Each number of the result is the dot product of a row of a and a column of b: how well the two agree. With b transposed it compares every row of a with every row of b, which is how attention and contrastive learning score pairs.',
    formula: 'yᵢⱼ = Σₖ aᵢₖ·bₖⱼ',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({
      call: `{a}${params.transposeA ? '.transpose(-1, -2)' : ''} @ {b}${params.transposeB ? '.transpose(-1, -2)' : ''}`,
    }),
    keras: ({ params }) => ({
      call: `ops.matmul(${params.transposeA ? 'ops.swapaxes({a}, -1, -2)' : '{a}'}, ${params.transposeB ? 'ops.swapaxes({b}, -1, -2)' : '{b}'})`,
    }),
  },
  examples: [
    {
      name: 'one matrix for all samples',
      inputs: { a: float32([4, 3]), b: float32([3, 5]) },
      params: {},
      outputs: { y: [4, 5] },
      parameterCount: 0,
    },
    {
      name: 'a product for each sample, second transposed',
      inputs: { a: float32([2, 3, 4]), b: float32([2, 5, 4]) },
      params: { transposeB: true },
      outputs: { y: [2, 3, 5] },
    },
    {
      name: 'first transposed',
      inputs: { a: float32([2, 4, 3]), b: float32([2, 4, 1]) },
      params: { transposeA: true },
      outputs: { y: [2, 3, 1] },
    },
    {
      name: 'one matrix for every row of every sample',
      inputs: { a: float32([2, 3, 4]), b: float32([4, 2]) },
      params: {},
      outputs: { y: [2, 3, 2] },
    },
  ],
});
