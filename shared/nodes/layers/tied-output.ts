import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, withLast } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/**
 * Scores of all tokens by an embedding's own table: y = x·tableᵀ + bias, `[…, D]` and `[V, D]` → `[…, V]`.
 * Press and Wolf 2017.
 */
export const tiedOutput = defineLayer({
  kind: 'tied-output',
  category: 'dense',
  icon: 'link-2',
  text: {
    title: 'Tied output',
    description: 'Scores every token with the embedding’s own vectors.',
    params: { bias: { label: 'Bias', help: 'One number for each token, e.g. for frequent ones.' } },
    ports: { x: 'vectors', table: 'embedding table', y: 'logits' },
    aliases: ['weight tying', 'shared embedding', 'language model head', 'unembedding'],
  },
  params: z.object({ bias: z.boolean().default(false) }),
  ports: { inputs: [floatPort(), floatPort('table')], outputs: [tensorPort()] },
  infer({ inputs: { x, table } }) {
    if (!x || !table) return { outputs: {} };
    const [tokens, width] = table.shape;
    if (table.shape.length !== 2 || typeof tokens !== 'number') {
      return {
        problem: {
          code: 'needs-shape',
          port: 'table',
          data: { expected: 'tokens×vector', received: formatShape(table.shape) },
        },
      };
    }
    const outputs = { y: { ...float32(withLast(x.shape, tokens)), meaning: { kind: 'logits' as const } } };
    if (x.shape.at(-1) !== width || x.shape.length < 2) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'x',
          data: { expected: formatShape(withLast(x.shape, width ?? 1)), received: formatShape(x.shape) },
          ...(typeof width === 'number' && {
            fix: [
              { kind: 'set-param', nodeId: '', param: 'units', value: width },
              { kind: 'insert-node', nodeKind: 'dense', params: { units: width }, edgeId: '' },
            ],
          }),
        },
        outputs,
      };
    }
    return { outputs };
  },
  weights({ inputs: { table }, params }) {
    const tokens = table?.shape[0];
    return params.bias && typeof tokens === 'number'
      ? { bias: { shape: [tokens], init: { kind: 'zeros' }, trainable: true } }
      : {};
  },
  flops: ({ inputs: { x }, outputs: { y } }) => 2 * numbersOf(y) * Number(x?.shape.at(-1) ?? 0),
  forward({ ctx: { ops }, inputs, weights: { bias } }) {
    const table = required(inputs.table, 'tied-output: table');
    return { y: ops.affine(required(inputs.x, 'tied-output: x'), ops.transpose(table, [1, 0]), bias) };
  },
  summary: ({ bias }) => [bias ? 'with bias' : 'no bias'],
  lesson: {
    summary:
      'Reads a vector as a token by comparing it with the vector of every token. The same table serves for reading and writing, which saves the largest layer of a small language model and usually makes it better.',
    formula: 'y = x·Eᵀ + b',
    references: [
      {
        title: 'Press and Wolf 2017: Using the output embedding to improve language models',
        url: 'https://arxiv.org/abs/1608.05859',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { table }, params: { bias } }) => ({
      ...(bias && {
        module: `nn.ParameterDict({"bias": torch.zeros(${python(Number(table?.shape[0] ?? 0))})})`,
        weights: { bias: { name: 'bias' } },
      }),
      call: `F.linear({x}, {table}${bias ? ', {self}["bias"]' : ''})`,
    }),
  },
  examples: [
    {
      name: 'a sequence',
      inputs: { x: float32([2, 3, 4]), table: float32([5, 4]) },
      params: {},
      outputs: { y: [2, 3, 5] },
      parameterCount: 0,
    },
    {
      name: 'one vector a sample, with bias',
      inputs: { x: float32([3, 2]), table: float32([7, 2]) },
      params: { bias: true },
      outputs: { y: [3, 7] },
      parameterCount: 7,
    },
  ],
});
