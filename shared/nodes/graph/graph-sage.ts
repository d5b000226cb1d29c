import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer } from '../defineNode.ts';
import { degrees, endsOf, graphProblem, sumNeighbours } from '../edges.ts';
import { torchActivation, torchParameters } from '../sources.ts';

/**
 * GraphSAGE with the mean (Hamilton, Ying and Leskovec 2017): x `[N, F]`, edges int32 `[E, 2]` →
 * act(x·own + mean of the neighbours·kernel + bias) `[N, units]`; a node without neighbours has mean 0.
 */
export const graphSage = defineLayer({
  kind: 'graph-sage',
  category: 'graph',
  icon: 'share-2',
  text: {
    title: 'GraphSAGE',
    description: 'A node’s own features and the mean of its neighbours’, each with weights of their own.',
    params: {
      units: { label: 'Units', help: 'Size of each node’s output.' },
      activation: { label: 'Activation', options: activationOptions },
    },
    ports: { x: 'nodes', edges: 'edges', y: 'nodes' },
    aliases: ['sage', 'sample and aggregate', 'gnn', 'message passing'],
  },
  params: z.object({
    units: z.int().min(1).max(65_536).default(16),
    activation: activationSchema.default('linear'),
  }),
  ports: {
    inputs: [
      { id: 'x', type: 'tensor', dtypes: ['float32'] },
      { id: 'edges', type: 'tensor', dtypes: ['int32'] },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x, edges }, params }) {
    if (!x) return { outputs: {} };
    const problem = graphProblem(x, edges);
    return problem ? { problem } : { outputs: { y: float32([x.shape[0] ?? 'N', params.units]) } };
  },
  weights({ inputs: { x }, params: { units } }) {
    const fanIn = Number(x?.shape[1]);
    const matrix = {
      shape: [fanIn, units],
      init: { kind: 'glorot-uniform' as const, fanIn, fanOut: units },
      trainable: true,
    };
    return {
      own: matrix,
      kernel: matrix,
      bias: { shape: [units], init: { kind: 'zeros' }, trainable: true },
    };
  },
  flops: ({ inputs: { x }, params }) => 4 * (Number(x?.shape[0]) || 1) * Number(x?.shape[1]) * params.units,
  forward({ ctx: { ops }, inputs: { x, edges }, weights: { own, kernel, bias }, params }) {
    if (!x || !edges || !own || !kernel) throw new Error('graph-sage: input or weights missing');
    const nodes = x.shape[0] ?? 1;
    const ends = endsOf(ops, edges);
    const count = ops.maximum(degrees(ops, ends.targets, nodes), ops.scalar(1));
    const mean = ops.div(sumNeighbours(ops, ops.matMul(x, kernel), ends), ops.reshape(count, [nodes, 1]));
    return { y: activate(ops, params.activation, ops.add(ops.affine(x, own, bias), mean)) };
  },
  summary: ({ units, activation }) => [`${units} units · mean`, activation],
  lesson: {
    summary:
      'Keeps what a node is apart from what its neighbours are, so that a node can differ from its surroundings: often better than a GCN where linked nodes are not alike. It needs no whole graph at once, and works on nodes that were not there in training.',
    formula: 'h′ = f(h·Wₛ + mean(neighbours)·Wₙ + b)',
    references: [
      {
        title: 'Hamilton, Ying and Leskovec 2017: Inductive representation learning on large graphs',
        url: 'https://arxiv.org/abs/1706.02216',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { units, activation } }) {
      const width = Number(x?.shape[1]);
      const count = 'torch.bincount(t, minlength=len(h)).clamp(min=1)[:, None]';
      const mean = `torch.zeros_like(h).index_add(0, t, h[s]) / ${count}`;
      const y = torchActivation(activation, `{x} @ {self}["own"] + {self}["bias"] + ${mean}`);
      return {
        ...torchParameters({ own: [width, units], kernel: [width, units], bias: [units] }),
        call: `(lambda h, s, t: ${y})({x} @ {self}["kernel"], *{edges}.unbind(1))`,
      };
    },
  },
  examples: [
    {
      name: 'four nodes',
      inputs: { x: float32([4, 3]), edges: { type: 'tensor', dtype: 'int32', shape: [5, 2] } },
      params: { units: 2 },
      outputs: { y: [4, 2] },
      parameterCount: 14,
    },
    {
      name: 'with activation',
      inputs: { x: float32([2, 2]), edges: { type: 'tensor', dtype: 'int32', shape: [3, 2] } },
      params: { units: 3, activation: 'tanh' },
      outputs: { y: [2, 3] },
    },
  ],
});
