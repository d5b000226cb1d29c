import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { activate, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer, type WeightSpec } from '../defineNode.ts';
import { endsOf, graphProblem, sumNeighbours } from '../edges.ts';
import { torchActivation, torchParameters } from '../sources.ts';

/**
 * Graph isomorphism layer (Xu et al. 2019): x `[N, F]`, edges int32 `[E, 2]` →
 * MLP((1 + ε)·x + sum of the neighbours) `[N, units]`, the MLP with one hidden layer, ε learned from 0.
 */
export const gin = defineLayer({
  kind: 'gin',
  category: 'graph',
  icon: 'sigma',
  text: {
    title: 'GIN',
    description: 'Sums the neighbours, then two dense layers: tells apart graphs that averages confuse.',
    params: {
      hidden: { label: 'Hidden units', help: 'Size of the layer within.' },
      units: { label: 'Units', help: 'Size of each node’s output.' },
      activation: { label: 'Activation', help: 'After each of the two layers.', options: activationOptions },
    },
    ports: { x: 'nodes', edges: 'edges', y: 'nodes' },
    aliases: ['graph isomorphism network', 'gnn', 'message passing'],
  },
  params: z.object({
    hidden: z.int().min(1).max(65_536).default(32),
    units: z.int().min(1).max(65_536).default(32),
    activation: activationSchema.default('relu'),
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
  weights({ inputs: { x }, params: { hidden, units } }) {
    const layer = (fanIn: number, fanOut: number): WeightSpec => ({
      shape: [fanIn, fanOut],
      init: { kind: 'glorot-uniform', fanIn, fanOut },
      trainable: true,
    });
    const bias = (size: number): WeightSpec => ({ shape: [size], init: { kind: 'zeros' }, trainable: true });
    return {
      epsilon: { shape: [1], init: { kind: 'zeros' }, trainable: true },
      kernel: layer(Number(x?.shape[1]), hidden),
      bias: bias(hidden),
      kernel2: layer(hidden, units),
      bias2: bias(units),
    };
  },
  flops: ({ inputs: { x }, params: { hidden, units } }) =>
    2 * (Number(x?.shape[0]) || 1) * hidden * (Number(x?.shape[1]) + units),
  forward({ ctx: { ops }, inputs: { x, edges }, weights, params: { activation } }) {
    const { epsilon, kernel, bias, kernel2, bias2 } = weights;
    if (!x || !edges || !epsilon || !kernel || !kernel2) throw new Error('gin: input or weights missing');
    const own = ops.mul(x, ops.add(epsilon, ops.scalar(1)));
    const mixed = ops.add(own, sumNeighbours(ops, x, endsOf(ops, edges)));
    const inner = activate(ops, activation, ops.affine(mixed, kernel, bias));
    return { y: activate(ops, activation, ops.affine(inner, kernel2, bias2)) };
  },
  summary: ({ hidden, units, activation }) => [`${hidden} → ${units} units`, activation],
  lesson: {
    summary:
      'A mean of neighbours cannot count them: one neighbour and three equal ones look the same. A sum can, and with an MLP behind it the layer tells apart every pair of graphs that the Weisfeiler–Lehman test does. The choice for questions about whole graphs, with a readout that sums.',
    formula: 'h′ = MLP((1 + ε)·h + Σ neighbours)',
    references: [
      {
        title: 'Xu, Hu, Leskovec and Jegelka 2019: How powerful are graph neural networks?',
        url: 'https://arxiv.org/abs/1810.00826',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { hidden, units, activation } }) {
      const mixed = '((1 + {self}["epsilon"]) * {x}).index_add(0, {edges}[:, 1], {x}[{edges}[:, 0]])';
      const inner = torchActivation(activation, `${mixed} @ {self}["kernel"] + {self}["bias"]`);
      return {
        ...torchParameters({
          epsilon: [1],
          kernel: [Number(x?.shape[1]), hidden],
          bias: [hidden],
          kernel2: [hidden, units],
          bias2: [units],
        }),
        call: torchActivation(activation, `${inner} @ {self}["kernel2"] + {self}["bias2"]`),
      };
    },
  },
  examples: [
    {
      name: 'four nodes',
      inputs: { x: float32([4, 3]), edges: { type: 'tensor', dtype: 'int32', shape: [5, 2] } },
      params: { hidden: 5, units: 2, activation: 'tanh' },
      outputs: { y: [4, 2] },
      parameterCount: 1 + 15 + 5 + 10 + 2,
    },
    {
      name: 'sigmoid',
      inputs: { x: float32([3, 2]), edges: { type: 'tensor', dtype: 'int32', shape: [2, 2] } },
      params: { hidden: 3, units: 3, activation: 'sigmoid' },
      outputs: { y: [3, 3] },
    },
  ],
});
