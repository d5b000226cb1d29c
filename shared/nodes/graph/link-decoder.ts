import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { endsOf, graphProblem } from '../edges.ts';
import { torchParameters } from '../sources.ts';

/**
 * How likely two nodes are linked: x `[N, F]`, pairs int32 `[P, 2]` → logits `[P, 1]`, the dot
 * product of the two rows (Kipf and Welling 2016), or x·kernel·y with weights between.
 */
export const linkDecoder = defineLayer({
  kind: 'link-decoder',
  category: 'graph',
  icon: 'link',
  text: {
    title: 'Link decoder',
    description: 'Scores pairs of nodes: how likely they are linked.',
    params: { form: { label: 'Form', options: { dot: 'Dot product', bilinear: 'Bilinear' } } },
    ports: { x: 'nodes', pairs: 'pairs', y: 'logits' },
    aliases: ['link prediction', 'graph auto-encoder', 'gae', 'gnn'],
  },
  params: z.object({ form: z.enum(['dot', 'bilinear']).default('dot') }),
  ports: {
    inputs: [
      { id: 'x', type: 'tensor', dtypes: ['float32'] },
      { id: 'pairs', type: 'tensor', dtypes: ['int32'] },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x, pairs } }) {
    if (!x || !pairs) return { outputs: {} };
    const problem = graphProblem(x, pairs);
    if (problem) return { problem: problem.port === 'edges' ? { ...problem, port: 'pairs' } : problem };
    return { outputs: { y: float32([pairs.shape[0] ?? 'E', 1]) } };
  },
  weights({ inputs: { x }, params }) {
    const width = Number(x?.shape[1]);
    if (params.form === 'dot') return {};
    return {
      kernel: {
        shape: [width, width],
        init: { kind: 'glorot-uniform', fanIn: width, fanOut: width },
        trainable: true,
      },
    };
  },
  flops: ({ inputs: { x, pairs } }) => 2 * (Number(pairs?.shape[0]) || 1) * Number(x?.shape[1]),
  forward({ ctx: { ops }, inputs: { x, pairs }, weights: { kernel } }) {
    if (!x || !pairs) throw new Error('link-decoder: input missing');
    const { sources, targets } = endsOf(ops, pairs);
    const left = ops.gather(kernel ? ops.matMul(x, kernel) : x, sources, 0);
    return { y: ops.sum(ops.mul(left, ops.gather(x, targets, 0)), [1], true) };
  },
  summary: ({ form }) => [form === 'dot' ? 'dot product' : 'bilinear'],
  lesson: {
    summary:
      'Nodes that should be linked get rows that point the same way. Trained on the links that are known and as many random pairs that are not, it says which links are missing: friends to suggest, proteins that may interact.',
    formula: 'logit(i, j) = hᵢ·hⱼ',
    references: [
      {
        title: 'Kipf and Welling 2016: Variational graph auto-encoders',
        url: 'https://arxiv.org/abs/1611.07308',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { form } }) {
      const width = Number(x?.shape[1]);
      const left = form === 'bilinear' ? '({x} @ {self}["kernel"])' : '{x}';
      return {
        ...(form === 'bilinear' && torchParameters({ kernel: [width, width] })),
        call: `(${left}[{pairs}[:, 0]] * {x}[{pairs}[:, 1]]).sum(1, keepdim=True)`,
      };
    },
  },
  examples: [
    {
      name: 'dot product',
      inputs: { x: float32([4, 3]), pairs: { type: 'tensor', dtype: 'int32', shape: [5, 2] } },
      params: {},
      outputs: { y: [5, 1] },
      parameterCount: 0,
    },
    {
      name: 'bilinear',
      inputs: { x: float32([4, 3]), pairs: { type: 'tensor', dtype: 'int32', shape: [2, 2] } },
      params: { form: 'bilinear' },
      outputs: { y: [2, 1] },
      parameterCount: 9,
    },
  ],
});
