import { z } from 'zod';
import { formatShape, type Shape } from '../../types/portType.ts';
import { dimProduct, float32, sameShape } from '../../types/shape.ts';
import { defineLayer, type InferArgs, type NodeProblem, type WeightSpec } from '../defineNode.ts';
import { hiddenScores } from '../paddingMask.ts';
import { torchParameters } from '../sources.ts';

const paramsSchema = z.object({
  score: z.enum(['additive', 'general', 'dot']).default('additive'),
  units: z.int().min(1).max(16_384).default(64),
});

function findProblem({
  inputs: { query, states, mask },
  params,
}: InferArgs<z.infer<typeof paramsSchema>>): NodeProblem | undefined {
  for (const [port, type] of Object.entries({ query, states })) {
    if (!type || (type.shape.length === 3 && typeof type.shape[2] === 'number')) continue;
    return {
      code: 'needs-sequence-input',
      port,
      data: { expected: 'B×T×F', received: formatShape(type.shape) },
    };
  }
  if (!query || !states) return undefined;
  const expect = (port: string, expected: Shape, received: Shape): NodeProblem | undefined =>
    sameShape(expected, received)
      ? undefined
      : {
          code: 'shapes-differ',
          port,
          data: { expected: formatShape(expected), received: formatShape(received) },
        };
  const width = params.score === 'dot' ? query.shape[2] : states.shape[2];
  return (
    expect('states', [query.shape[0] ?? 'B', states.shape[1] ?? 'T', width ?? 'F'], states.shape) ??
    (mask && expect('mask', states.shape.slice(0, 2), mask.shape))
  );
}

/**
 * A decoder's attention over the states of an encoder: query `[B, Tq, Q]`, states `[B, Tk, S]`, mask
 * `[B, Tk]` → context `[B, Tq, S]` and weights `[B, Tq, Tk]`. The score is additive,
 * v·tanh(q·Wq + s·Ws) (Bahdanau et al. 2015), general, q·W·s, or their dot product (Luong et al. 2015).
 */
export const encoderAttention = defineLayer({
  kind: 'encoder-attention',
  category: 'attention',
  icon: 'scan-search',
  text: {
    title: 'Encoder attention',
    description: 'A decoder looks back at every state of the encoder.',
    params: {
      score: {
        label: 'Score',
        help: 'How well a query fits a state.',
        options: { additive: 'Additive (Bahdanau)', general: 'General (Luong)', dot: 'Dot product (Luong)' },
      },
      units: { label: 'Units', help: 'Width of the layer that an additive score is made in.' },
    },
    ports: {
      query: 'decoder states',
      states: 'encoder states',
      mask: 'mask',
      y: 'context',
      weights: 'weights',
    },
    aliases: ['bahdanau', 'luong', 'seq2seq', 'translation', 'alignment'],
  },
  params: paramsSchema,
  ports: {
    inputs: [
      { id: 'query', type: 'tensor', dtypes: ['float32'] },
      { id: 'states', type: 'tensor', dtypes: ['float32'] },
      { id: 'mask', type: 'tensor', dtypes: ['float32'], optional: true },
    ],
    outputs: [
      { id: 'y', type: 'tensor' },
      { id: 'weights', type: 'tensor' },
    ],
  },
  infer(args) {
    const { query, states } = args.inputs;
    if (!query || !states) return { outputs: {} };
    const problem = findProblem(args);
    if (problem) return { problem };
    const [batch = 'B', queries = 'T'] = query.shape;
    const [, steps = 'T', width = 'F'] = states.shape;
    return { outputs: { y: float32([batch, queries, width]), weights: float32([batch, queries, steps]) } };
  },
  weights({ inputs: { query, states }, params }): Record<string, WeightSpec> {
    const from = Number(query?.shape[2]);
    const over = Number(states?.shape[2]);
    const matrix = (fanIn: number, fanOut: number): WeightSpec => ({
      shape: [fanIn, fanOut],
      init: { kind: 'glorot-uniform', fanIn, fanOut },
      trainable: true,
    });
    if (params.score === 'dot') return {};
    if (params.score === 'general') return { kernel: matrix(from, over) };
    return {
      queryKernel: matrix(from, params.units),
      stateKernel: matrix(over, params.units),
      bias: { shape: [params.units], init: { kind: 'zeros' }, trainable: true },
      score: matrix(params.units, 1),
    };
  },
  inside({ inputs: { query, states }, params }) {
    if (!query || !states || params.score !== 'additive') return undefined;
    const [batch = 'B', queries = 1] = query.shape;
    return float32([batch, queries, states.shape[1] ?? 1, params.units]);
  },
  flops({ inputs: { query, states }, params }) {
    const queries = dimProduct(query?.shape.slice(1, 2) ?? []) ?? 1;
    const steps = dimProduct(states?.shape.slice(1, 2) ?? []) ?? 1;
    const width = params.score === 'additive' ? params.units : Number(states?.shape[2]);
    return 2 * queries * steps * (width + Number(states?.shape[2]));
  },
  forward({ ctx: { ops }, inputs: { query, states, mask }, weights, params }) {
    if (!query || !states) throw new Error('encoder-attention: input missing');
    const [batch = 1, queries = 1] = query.shape;
    const [, steps = 1] = states.shape;
    const { kernel, queryKernel, stateKernel, bias, score } = weights;
    const byProduct = (q: typeof query) => ops.matMul(q, ops.transpose(states, [0, 2, 1]));
    const additive = () => {
      if (!queryKernel || !stateKernel || !score) throw new Error('encoder-attention: weights missing');
      const asked = ops.reshape(ops.affine(query, queryKernel, bias), [batch, queries, 1, params.units]);
      const offered = ops.reshape(ops.affine(states, stateKernel), [batch, 1, steps, params.units]);
      const mixed = ops.reshape(ops.tanh(ops.add(asked, offered)), [batch * queries * steps, params.units]);
      return ops.reshape(ops.matMul(mixed, score), [batch, queries, steps]);
    };
    const scores =
      params.score === 'additive' ? additive() : byProduct(kernel ? ops.affine(query, kernel) : query);
    const shown = mask ? ops.add(scores, ops.reshape(hiddenScores(ops, mask), [batch, 1, steps])) : scores;
    const shares = ops.softmax(shown);
    return { y: ops.matMul(shares, states), weights: shares };
  },
  summary: ({ score, units }) => [score === 'additive' ? `additive · ${units} units` : score],
  lesson: {
    summary:
      'Before attention, an encoder had to squeeze a whole sentence into its last state. Here the decoder keeps all states and takes, at each of its steps, a weighted mean of them: the weights are an alignment between input and output, and can be looked at. It is where attention began; transformers do without the recurrent part.',
    formula: 'α = softmax(v·tanh(q·W + s·U + b))   context = Σ α·s',
    references: [
      {
        title:
          'Bahdanau, Cho and Bengio 2015: Neural machine translation by jointly learning to align and translate',
        url: 'https://arxiv.org/abs/1409.0473',
      },
      {
        title: 'Luong, Pham and Manning 2015: Effective approaches to attention',
        url: 'https://arxiv.org/abs/1508.04025',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { query, states, mask }, params: { score, units } }) {
      const from = Number(query?.shape[2]);
      const over = Number(states?.shape[2]);
      const additive =
        '(torch.tanh(({query} @ {self}["queryKernel"] + {self}["bias"])[:, :, None] + ({states} @ {self}["stateKernel"])[:, None]) @ {self}["score"]).squeeze(-1)';
      const scores = {
        additive,
        general: '({self}({query}) @ {states}.mT)',
        dot: '({query} @ {states}.mT)',
      }[score];
      const shown = mask ? `${scores}.masked_fill(({mask} < 0.5)[:, None], -1e9)` : scores;
      return {
        ...(score === 'additive' &&
          torchParameters({
            queryKernel: [from, units],
            stateKernel: [over, units],
            bias: [units],
            score: [units, 1],
          })),
        ...(score === 'general' && {
          module: `nn.Linear(${from}, ${over}, bias=False)`,
          weights: { kernel: { name: 'weight', value: '{w}.T' } },
        }),
        call: `(lambda a: (a @ {states}, a))(F.softmax(${shown}, dim=-1))`,
      };
    },
  },
  examples: [
    {
      name: 'additive',
      inputs: { query: float32([2, 2, 3]), states: float32([2, 4, 5]) },
      params: { units: 4 },
      outputs: { y: [2, 2, 5], weights: [2, 2, 4] },
      parameterCount: 3 * 4 + 5 * 4 + 4 + 4,
    },
    {
      name: 'general, masked',
      inputs: { query: float32([2, 2, 3]), states: float32([2, 4, 5]), mask: float32([2, 4]) },
      ranges: { mask: [0.3, 1] },
      params: { score: 'general' },
      outputs: { y: [2, 2, 5], weights: [2, 2, 4] },
      parameterCount: 15,
    },
    {
      name: 'dot product',
      inputs: { query: float32([2, 1, 5]), states: float32([2, 4, 5]) },
      params: { score: 'dot' },
      outputs: { y: [2, 1, 5], weights: [2, 1, 4] },
      parameterCount: 0,
    },
  ],
});
