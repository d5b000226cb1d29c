import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer, type WeightSpec } from '../defineNode.ts';
import { dropValues } from '../dropValues.ts';
import { endsOf, graphProblem } from '../edges.ts';
import { torchActivation, torchParameters } from '../sources.ts';

/**
 * Graph attention (Veličković et al. 2018): x `[N, F]`, edges int32 `[E, 2]` → for each head the sum
 * over the neighbours and the node itself, weighted by softmax(LeakyReLU(a·source + b·target));
 * heads are joined to `[N, heads·units]` or averaged to `[N, units]`.
 */
export const gat = defineLayer({
  kind: 'gat',
  category: 'graph',
  icon: 'scan-eye',
  text: {
    title: 'GAT',
    description: 'Each node decides how much of which neighbour it takes.',
    params: {
      units: { label: 'Units', help: 'Size of each head.' },
      heads: { label: 'Heads' },
      combine: { label: 'Heads are', options: { concat: 'Joined', mean: 'Averaged' } },
      activation: { label: 'Activation', options: activationOptions },
      dropout: { label: 'Dropout', help: 'Share of the attention weights that is zeroed while training.' },
    },
    ports: { x: 'nodes', edges: 'edges', y: 'nodes' },
    aliases: ['graph attention', 'gnn', 'message passing', 'velickovic'],
  },
  params: z.object({
    units: z.int().min(1).max(65_536).default(8),
    heads: z.int().min(1).max(64).default(8),
    combine: z.enum(['concat', 'mean']).default('concat'),
    activation: activationSchema.default('linear'),
    dropout: z.number().min(0).max(0.95).default(0).meta({ step: 0.05 }),
  }),
  ports: {
    inputs: [
      { id: 'x', type: 'tensor', dtypes: ['float32'] },
      { id: 'edges', type: 'tensor', dtypes: ['int32'] },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x, edges }, params: { units, heads, combine } }) {
    if (!x) return { outputs: {} };
    const problem = graphProblem(x, edges);
    const width = combine === 'mean' ? units : heads * units;
    return problem ? { problem } : { outputs: { y: float32([x.shape[0] ?? 'N', width]) } };
  },
  weights({ inputs: { x }, params: { units, heads, combine } }) {
    const fanIn = Number(x?.shape[1]);
    const attention: WeightSpec = {
      shape: [heads, units],
      init: { kind: 'glorot-uniform', fanIn: units, fanOut: 1 },
      trainable: true,
    };
    return {
      kernel: {
        shape: [fanIn, heads * units],
        init: { kind: 'glorot-uniform', fanIn, fanOut: heads * units },
        trainable: true,
      },
      source: attention,
      target: attention,
      bias: {
        shape: [combine === 'mean' ? units : heads * units],
        init: { kind: 'zeros' },
        trainable: true,
      },
    };
  },
  flops: ({ inputs: { x }, params: { units, heads } }) =>
    2 * (Number(x?.shape[0]) || 1) * (Number(x?.shape[1]) + 2) * units * heads,
  forward({ ctx, inputs: { x, edges }, weights: { kernel, source, target, bias }, params }) {
    if (!x || !edges || !kernel || !source || !target || !bias)
      throw new Error('gat: input or weights missing');
    const { ops } = ctx;
    const { units, heads } = params;
    const nodes = x.shape[0] ?? 1;
    const { sources, targets } = endsOf(ops, edges);
    const rows = ops.reshape(ops.matMul(x, kernel), [nodes, heads, units]);
    // [N, heads]: what a node adds to a score as source and as target.
    const from = ops.sum(ops.mul(rows, source), [2]);
    const to = ops.sum(ops.mul(rows, target), [2]);
    // An upper bound of the scores at each target in place of their largest: softmax does not mind.
    const bound = ops.stopGradient(ops.leakyRelu(ops.add(to, ops.max(from, [0], true)), 0.2));
    const force = (scores: typeof from, limit: typeof from) =>
      ops.exp(ops.sub(ops.leakyRelu(scores, 0.2), limit));
    const ofEdges = force(
      ops.add(ops.gather(from, sources, 0), ops.gather(to, targets, 0)),
      ops.gather(bound, targets, 0),
    );
    const ofSelf = force(ops.add(from, to), bound);
    const total = ops.add(ops.segmentSum(ofEdges, targets, nodes), ofSelf);
    const shares = dropValues(ctx, ops.div(ofEdges, ops.gather(total, targets, 0)), params.dropout);
    const ownShare = dropValues(ctx, ops.div(ofSelf, total), params.dropout);
    const messages = ops.mul(ops.gather(rows, sources, 0), ops.reshape(shares, [-1, heads, 1]));
    const mixed = ops.add(
      ops.segmentSum(messages, targets, nodes),
      ops.mul(rows, ops.reshape(ownShare, [nodes, heads, 1])),
    );
    const y = params.combine === 'mean' ? ops.mean(mixed, [1]) : ops.reshape(mixed, [nodes, heads * units]);
    return { y: activate(ops, params.activation, ops.add(y, bias)) };
  },
  summary: ({ units, heads, combine, activation }) => [
    `${heads} heads × ${units}${combine === 'mean' ? ' · mean' : ''}`,
    activation,
  ],
  lesson: {
    summary:
      'Like a GCN, but the weights of the mean are computed from the features of both ends, so that an unrelated neighbour can be ignored. Several heads look for different things. It sees only who is linked; the weights on the edges can be read as an explanation.',
    formula: 'α = softmax over neighbours of LeakyReLU(a·W·hⱼ + b·W·hᵢ)   h′ = f(Σ α·W·hⱼ)',
    references: [
      { title: 'Veličković et al. 2018: Graph attention networks', url: 'https://arxiv.org/abs/1710.10903' },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { units, heads, combine, activation, dropout } }) {
      const score = (end: string) => `(h * {self}["${end}"]).sum(2)`;
      const scores = `F.leaky_relu(${score('source')}[s] + ${score('target')}[t], 0.2)`;
      const rows = 't[:, None].expand_as(e)';
      // A node is its own neighbour too; softmax over the edges that arrive at the same node.
      const forces = `(lambda e: (e - torch.zeros_like(h[:, :, 0]).scatter_reduce(0, ${rows}, e, "amax", include_self=False)[t]).exp())(${scores})`;
      const shares = 'a / torch.zeros_like(h[:, :, 0]).index_add(0, t, a)[t]';
      const kept = dropout > 0 ? `F.dropout(${shares}, ${dropout}, {self}.training)` : shares;
      const mixed = `(lambda a: torch.zeros_like(h).index_add(0, t, h[s] * (${kept})[:, :, None]))(${forces})`;
      const joined = `${mixed}.${combine === 'mean' ? 'mean(1)' : 'flatten(1)'} + {self}["bias"]`;
      const ends =
        '*torch.cat([{edges}, torch.arange(len({x}), device={edges}.device)[:, None].expand(-1, 2)]).unbind(1)';
      return {
        ...torchParameters({
          kernel: [Number(x?.shape[1]), heads * units],
          source: [heads, units],
          target: [heads, units],
          bias: [combine === 'mean' ? units : heads * units],
        }),
        call: `(lambda h, s, t: ${torchActivation(activation, joined)})(({x} @ {self}["kernel"]).unflatten(1, (${heads}, ${units})), ${ends})`,
      };
    },
  },
  examples: [
    {
      name: 'two heads joined',
      inputs: { x: float32([4, 3]), edges: { type: 'tensor', dtype: 'int32', shape: [5, 2] } },
      params: { units: 3, heads: 2 },
      outputs: { y: [4, 6] },
      parameterCount: 18 + 12 + 6,
    },
    {
      name: 'heads averaged, with dropout',
      inputs: { x: float32([3, 2]), edges: { type: 'tensor', dtype: 'int32', shape: [4, 2] } },
      params: { units: 2, heads: 3, combine: 'mean', activation: 'elu', dropout: 0.3 },
      outputs: { y: [3, 2] },
    },
  ],
});
