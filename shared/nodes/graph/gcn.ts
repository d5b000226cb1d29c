import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer } from '../defineNode.ts';
import { degrees, endsOf, graphProblem, sumNeighbours } from '../edges.ts';
import { torchActivation, torchParameters } from '../sources.ts';

/**
 * Graph convolution (Kipf and Welling 2017): x `[N, F]`, edges int32 `[E, 2]` (source, target; both
 * directions listed) → act(D^−½ (A + I) D^−½ · x · kernel + bias) `[N, units]`, with degrees that
 * count the node itself.
 */
export const gcn = defineLayer({
  kind: 'gcn',
  category: 'graph',
  icon: 'waypoints',
  text: {
    title: 'GCN',
    description: 'Averages each node with its neighbours, then a dense layer.',
    params: {
      units: { label: 'Units', help: 'Size of each node’s output.' },
      activation: { label: 'Activation', options: activationOptions },
      bias: { label: 'Bias' },
    },
    ports: { x: 'nodes', edges: 'edges', y: 'nodes' },
    aliases: ['graph convolution', 'kipf', 'gnn', 'message passing'],
  },
  params: z.object({
    units: z.int().min(1).max(65_536).default(16),
    activation: activationSchema.default('linear'),
    bias: z.boolean().default(true),
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
  weights({ inputs: { x }, params }) {
    const fanIn = Number(x?.shape[1]);
    return {
      kernel: {
        shape: [fanIn, params.units],
        init: { kind: 'glorot-uniform', fanIn, fanOut: params.units },
        trainable: true,
      },
      ...(params.bias && {
        bias: { shape: [params.units], init: { kind: 'zeros' as const }, trainable: true },
      }),
    };
  },
  flops: ({ inputs: { x }, params }) => 2 * (Number(x?.shape[0]) || 1) * Number(x?.shape[1]) * params.units,
  forward({ ctx: { ops }, inputs: { x, edges }, weights: { kernel, bias }, params }) {
    if (!x || !edges || !kernel) throw new Error('gcn: input or weights missing');
    const nodes = x.shape[0] ?? 1;
    const ends = endsOf(ops, edges);
    const root = ops.rsqrt(ops.add(degrees(ops, ends.targets, nodes), ops.scalar(1)));
    const scale = ops.reshape(root, [nodes, 1]);
    // The product first: it makes the rows shorter that are then gathered.
    const scaled = ops.mul(ops.matMul(x, kernel), scale);
    const mixed = ops.mul(ops.add(sumNeighbours(ops, scaled, ends), scaled), scale);
    return { y: activate(ops, params.activation, bias ? ops.add(mixed, bias) : mixed) };
  },
  summary: ({ units, activation }) => [`${units} units`, activation],
  lesson: {
    summary:
      'Each node takes the mean of its own and its neighbours’ features, weighted so that nodes with many neighbours do not drown the others, and puts it through a dense layer. Two layers let a node see two steps far. More layers make all nodes alike (over-smoothing), which is why graph networks are shallow.',
    formula: 'H′ = f(D^−½·(A + I)·D^−½·H·W + b)',
    references: [
      {
        title: 'Kipf and Welling 2017: Semi-supervised classification with graph convolutional networks',
        url: 'https://arxiv.org/abs/1609.02907',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { units, bias, activation } }) {
      const mixed = `(h * d).index_add(0, t, (h * d)[s]) * d${bias ? ' + {self}["bias"]' : ''}`;
      const degrees = '(1 + torch.bincount({edges}[:, 1], minlength=len({x}))).rsqrt()[:, None]';
      return {
        ...torchParameters({ kernel: [Number(x?.shape[1]), units], ...(bias && { bias: [units] }) }),
        call: `(lambda h, d, s, t: ${torchActivation(activation, mixed)})({x} @ {self}["kernel"], ${degrees}, *{edges}.unbind(1))`,
      };
    },
  },
  examples: [
    {
      name: 'four nodes',
      inputs: { x: float32([4, 3]), edges: { type: 'tensor', dtype: 'int32', shape: [5, 2] } },
      params: { units: 2 },
      outputs: { y: [4, 2] },
      parameterCount: 8,
    },
    {
      name: 'with activation, without bias',
      inputs: { x: float32([3, 2]), edges: { type: 'tensor', dtype: 'int32', shape: [4, 2] } },
      params: { units: 3, activation: 'tanh', bias: false },
      outputs: { y: [3, 3] },
      parameterCount: 6,
    },
  ],
});
