import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32 } from '../../types/shape.ts';
import { defineLayer, type InferResult } from '../defineNode.ts';
import { knownValues } from '../knownValues.ts';
import { floatPort, indexPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/**
 * Picks rows by number. Shared: x `[N, …]` is one table for all, indices of any shape `[…]` give
 * `[…, …]`. Per sample: x `[B, N, D]`, indices `[B, K]` give `[B, K, D]`. An index outside the table is
 * an error on the CPU and gives zeros per sample.
 */
export const gather = defineLayer({
  kind: 'gather',
  category: 'operation',
  icon: 'list-filter',
  text: {
    title: 'Gather',
    description: 'Picks rows by their numbers.',
    params: {
      table: {
        label: 'Rows of',
        options: { shared: 'One table for all', 'per-sample': 'Each sample’s own table' },
      },
    },
    ports: { x: 'rows', indices: 'numbers of rows', y: 'picked rows' },
    aliases: ['index', 'lookup', 'select rows', 'take'],
  },
  params: z.object({ table: z.enum(['shared', 'per-sample']).default('per-sample') }),
  ports: { inputs: [floatPort(), indexPort('indices')], outputs: [tensorPort()] },
  infer({ inputs: { x, indices }, params, nodeId }): InferResult {
    if (!x || !indices) return { outputs: {} };
    if (params.table === 'shared') {
      if (x.shape.length === 0) {
        return {
          problem: {
            code: 'needs-shape',
            port: 'x',
            data: { expected: 'rows×…', received: formatShape(x.shape) },
          },
        };
      }
      const outputs = { y: float32([...indices.shape, ...x.shape.slice(1)]) };
      const [rows, ...row] = x.shape;
      const known = knownValues(indices);
      if (known === undefined || typeof rows !== 'number' || known <= rows) return { outputs };
      const data = { known, expected: formatShape([known, ...row]), received: formatShape(x.shape) };
      return { outputs, problem: { code: 'rows-too-few', port: 'x', data } };
    }
    if (x.shape.length !== 3 || typeof x.shape[1] !== 'number') {
      return {
        problem: {
          code: 'needs-shape',
          port: 'x',
          data: { expected: 'B×rows×features', received: formatShape(x.shape) },
          ...(x.shape.length > 0 && { fix: { kind: 'set-param', nodeId, param: 'table', value: 'shared' } }),
        },
      };
    }
    if (indices.shape.length !== 2 || indices.shape[0] !== x.shape[0]) {
      return {
        problem: {
          code: 'needs-shape',
          port: 'indices',
          data: { expected: `${x.shape[0]}×count`, received: formatShape(indices.shape) },
        },
      };
    }
    return { outputs: { y: float32([x.shape[0] ?? 'B', indices.shape[1] ?? 1, x.shape[2] ?? 1]) } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    const x = required(inputs.x, 'gather: x');
    const indices = required(inputs.indices, 'gather: indices');
    if (params.table === 'shared') return { y: ops.gather(x, indices, 0) };
    const picked = ops.oneHot(indices, x.shape[1] ?? 1);
    return { y: ops.matMul(picked, x) };
  },
  summary: ({ table }) => [table === 'shared' ? 'one table' : 'a table per sample'],
  lesson: {
    summary:
      'Looks rows up by number; gradients go back to the rows that were picked, added up where one was picked twice. The numbers themselves get no gradient: a choice has no slope.',
    formula: 'y[b, k] = x[b, indices[b, k]]',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params }) => ({
      call:
        params.table === 'shared'
          ? '{x}[{indices}]'
          : 'torch.take_along_dim({x}, {indices}.unsqueeze(-1), dim=1)',
    }),
    keras: ({ params }) => ({
      call:
        params.table === 'shared'
          ? 'ops.take({x}, {indices}, axis=0)'
          : 'ops.take_along_axis({x}, ops.expand_dims({indices}, -1), axis=1)',
    }),
  },
  examples: [
    {
      name: 'places of a sequence',
      inputs: { x: float32([2, 5, 3]), indices: int32([2, 4]) },
      ranges: { indices: [0, 5] },
      params: {},
      outputs: { y: [2, 4, 3] },
      parameterCount: 0,
    },
    {
      name: 'both ends of every edge of a graph',
      inputs: { x: float32([6, 3]), indices: int32([7, 2]) },
      ranges: { indices: [0, 6] },
      params: { table: 'shared' },
      outputs: { y: [7, 2, 3] },
    },
  ],
});
