import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { activate, activationOptions, activationSchema } from '../activations.ts';
import { defineLayer, type WeightSpec } from '../defineNode.ts';
import { degrees, endsOf, graphProblem } from '../edges.ts';
import { torchActivation, torchParameters } from '../sources.ts';

/**
 * Message passing with edge features (Gilmer et al. 2017; Simonovsky and Komodakis 2017): x `[N, F]`,
 * edges int32 `[E, 2]`, features `[E, K]` → act(x·own + mean over edges of
 * relu([source, feature]·message)·kernel + bias) `[N, units]`.
 */
export const edgeConditioned = defineLayer({
  kind: 'edge-conditioned',
  category: 'graph',
  icon: 'route',
  text: {
    title: 'Edge messages',
    description: 'What a neighbour says depends on the edge between.',
    params: {
      units: { label: 'Units', help: 'Size of each node’s output, and of a message.' },
      activation: { label: 'Activation', options: activationOptions },
    },
    ports: { x: 'nodes', edges: 'edges', features: 'edge features', y: 'nodes' },
    aliases: ['mpnn', 'ecc', 'message passing', 'gnn', 'edge features'],
  },
  params: z.object({
    units: z.int().min(1).max(65_536).default(32),
    activation: activationSchema.default('relu'),
  }),
  ports: {
    inputs: [
      { id: 'x', type: 'tensor', dtypes: ['float32'] },
      { id: 'edges', type: 'tensor', dtypes: ['int32'] },
      { id: 'features', type: 'tensor', dtypes: ['float32'] },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x, edges, features }, params }) {
    if (!x || !edges || !features) return { outputs: {} };
    const problem = graphProblem(x, edges);
    if (problem) return { problem };
    if (
      features.shape.length !== 2 ||
      features.shape[0] !== edges.shape[0] ||
      typeof features.shape[1] !== 'number'
    ) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'features',
          data: {
            expected: formatShape([edges.shape[0] ?? 'E', 'K']),
            received: formatShape(features.shape),
          },
        },
      };
    }
    return { outputs: { y: float32([x.shape[0] ?? 'N', params.units]) } };
  },
  weights({ inputs: { x, features }, params: { units } }) {
    const width = Number(x?.shape[1]);
    const matrix = (fanIn: number): WeightSpec => ({
      shape: [fanIn, units],
      init: { kind: 'glorot-uniform', fanIn, fanOut: units },
      trainable: true,
    });
    const bias: WeightSpec = { shape: [units], init: { kind: 'zeros' }, trainable: true };
    return {
      own: matrix(width),
      source: matrix(width),
      feature: matrix(Number(features?.shape[1])),
      messageBias: bias,
      kernel: matrix(units),
      bias,
    };
  },
  flops({ inputs: { x, edges, features }, params: { units } }) {
    const nodes = Number(x?.shape[0]) || 1;
    const links = Number(edges?.shape[0]) || 1;
    return 2 * units * (nodes * (2 * Number(x?.shape[1]) + units) + links * Number(features?.shape[1]));
  },
  forward({ ctx: { ops }, inputs: { x, edges, features }, weights, params }) {
    const { own, source, feature, messageBias, kernel, bias } = weights;
    if (!x || !edges || !features || !own || !source || !feature || !kernel || !messageBias) {
      throw new Error('edge-conditioned: input or weights missing');
    }
    const nodes = x.shape[0] ?? 1;
    const { sources, targets } = endsOf(ops, edges);
    const said = ops.gather(ops.affine(x, source, messageBias), sources, 0);
    const messages = ops.relu(ops.add(said, ops.matMul(features, feature)));
    const count = ops.maximum(degrees(ops, targets, nodes), ops.scalar(1));
    const heard = ops.div(ops.segmentSum(messages, targets, nodes), ops.reshape(count, [nodes, 1]));
    const y = ops.add(ops.affine(x, own, bias), ops.matMul(heard, kernel));
    return { y: activate(ops, params.activation, y) };
  },
  summary: ({ units, activation }) => [`${units} units`, activation],
  lesson: {
    summary:
      'In a molecule it matters whether a bond is single or double; in a road map, how long a street is. A message is made from the neighbour and the edge together, the node takes their mean and mixes it with what it knew.',
    formula: 'h′ = f(h·Wₒ + mean(relu(hⱼ·Wₛ + e·Wₑ))·W + b)',
    references: [
      {
        title: 'Gilmer et al. 2017: Neural message passing for quantum chemistry',
        url: 'https://arxiv.org/abs/1704.01212',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x, features }, params: { units, activation } }) {
      const width = Number(x?.shape[1]);
      const messages =
        'F.relu(({x} @ {self}["source"] + {self}["messageBias"])[s] + {features} @ {self}["feature"])';
      const heard = `{x}.new_zeros(len({x}), ${units}).index_add(0, t, ${messages}) / torch.bincount(t, minlength=len({x})).clamp(min=1)[:, None]`;
      const y = `{x} @ {self}["own"] + {self}["bias"] + (${heard}) @ {self}["kernel"]`;
      return {
        ...torchParameters({
          own: [width, units],
          source: [width, units],
          feature: [Number(features?.shape[1]), units],
          messageBias: [units],
          kernel: [units, units],
          bias: [units],
        }),
        call: `(lambda s, t: ${torchActivation(activation, y)})(*{edges}.unbind(1))`,
      };
    },
  },
  examples: [
    {
      name: 'four nodes',
      inputs: {
        x: float32([4, 3]),
        edges: { type: 'tensor', dtype: 'int32', shape: [5, 2] },
        features: float32([5, 2]),
      },
      params: { units: 2, activation: 'tanh' },
      outputs: { y: [4, 2] },
      parameterCount: 6 + 6 + 4 + 2 + 4 + 2,
    },
    {
      name: 'linear',
      inputs: {
        x: float32([2, 2]),
        edges: { type: 'tensor', dtype: 'int32', shape: [3, 2] },
        features: float32([3, 1]),
      },
      params: { units: 3, activation: 'linear' },
      outputs: { y: [2, 3] },
    },
  ],
});
