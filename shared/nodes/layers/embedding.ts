import { z } from 'zod';
import { float32, int32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { knownValues } from '../knownValues.ts';
import { indexPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * A learned row for each token: int32 tokens of any shape, 0 … vocabulary − 1, → `[…, units]`. The
 * table itself is an output as well, to be tied to the output layer.
 * Bengio et al. 2003; rows start within ±0.05, as in Keras.
 */
export const embedding = defineLayer({
  kind: 'embedding',
  category: 'dense',
  icon: 'table-2',
  text: {
    title: 'Embedding',
    description: 'Looks up a learned vector for each token.',
    params: {
      units: { label: 'Units', help: 'Size of a token’s vector.' },
      vocabulary: { label: 'Vocabulary', help: 'How many tokens there are; 0 takes it from the data.' },
    },
    ports: { x: 'tokens', y: 'vectors', table: 'all vectors' },
    aliases: ['lookup', 'word vectors', 'token', 'characters'],
  },
  params: z.object({
    units: z.int().min(1).max(65_536).default(64),
    vocabulary: z.int().min(0).max(10_000_000).default(0),
  }),
  ports: { inputs: [indexPort('x')], outputs: [tensorPort(), tensorPort('table')] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const known = knownValues(x);
    const outputs = {
      y: float32([...x.shape, params.units]),
      table: float32([params.vocabulary || (known ?? 'V'), params.units]),
    };
    if (params.vocabulary === 0 && known === undefined) {
      return { problem: { code: 'vocabulary-unknown', port: 'x', param: 'vocabulary', data: {} }, outputs };
    }
    if (known === undefined || params.vocabulary === 0 || known <= params.vocabulary) return { outputs };
    return {
      outputs,
      problem: {
        code: 'vocabulary-too-small',
        port: 'x',
        param: 'vocabulary',
        data: { known, given: params.vocabulary },
        fix: { kind: 'set-param', nodeId, param: 'vocabulary', value: 0 },
      },
    };
  },
  weights({ inputs: { x }, params }) {
    return {
      table: {
        shape: [params.vocabulary || (knownValues(x) ?? 0), params.units],
        init: { kind: 'uniform', limit: 0.05 },
        trainable: true,
      },
    };
  },
  forward({ ctx: { ops }, inputs, weights }) {
    const table = required(weights.table, 'embedding: table');
    return { y: ops.gather(table, required(inputs.x, 'embedding: x'), 0), table };
  },
  summary: ({ units, vocabulary }) => [`${units} units${vocabulary > 0 ? ` · ${vocabulary} tokens` : ''}`],
  lesson: {
    summary:
      'A token is a number without a size: 7 is not more than 3. Each gets a vector of its own, which is learned like any weight; tokens that are used alike end up near each other. It is a dense layer on one-hot rows, without the multiplications by zero.',
    formula: 'y = table[x]',
    references: [
      {
        title: 'Bengio et al. 2003: A neural probabilistic language model',
        url: 'https://www.jmlr.org/papers/v3/bengio03a.html',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      module: `nn.Embedding(${params.vocabulary || (knownValues(x) ?? 0)}, ${params.units})`,
      call: '{self}({x}), {self}.weight',
      weights: { table: { name: 'weight' } },
    }),
    keras: ({ inputs: { x }, params }) => ({
      module: `keras.layers.Embedding(${params.vocabulary || (knownValues(x) ?? 0)}, ${params.units})`,
      call: '{self}({x}), {self}.embeddings',
      weights: { table: { name: 'embeddings' } },
    }),
  },
  examples: [
    {
      name: 'a sequence',
      inputs: { x: int32([2, 3]) },
      params: { units: 4, vocabulary: 5 },
      outputs: { y: [2, 3, 4], table: [5, 4] },
      parameterCount: 20,
    },
    {
      name: 'one token a sample',
      inputs: { x: int32([3]) },
      params: { units: 2, vocabulary: 3 },
      outputs: { y: [3, 2], table: [3, 2] },
      parameterCount: 6,
    },
  ],
});
