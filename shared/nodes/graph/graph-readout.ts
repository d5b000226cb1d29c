import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sameShape } from '../../types/shape.ts';
import { needsBatch } from '../axes.ts';
import { defineLayer } from '../defineNode.ts';
import { degrees, graphProblem } from '../edges.ts';
import { torchParameters } from '../sources.ts';

/**
 * One row for each graph: x `[N, F]`, graphs int32 `[N]` (number of each node's graph), like
 * `[B, …]` (says how many graphs there are) → `[B, F]`, or `[1, F]` without those two. With
 * `attention` the rows are weighted by softmax(x·score) within their graph (Li et al. 2016).
 */
export const graphReadout = defineLayer({
  kind: 'graph-readout',
  category: 'graph',
  icon: 'shrink',
  text: {
    title: 'Readout',
    description: 'Makes one row of all nodes of a graph.',
    params: {
      form: {
        label: 'Form',
        options: { sum: 'Sum', mean: 'Mean', max: 'Maximum', attention: 'Attention' },
      },
    },
    ports: { x: 'nodes', graphs: 'graph of each node', like: 'one row for each graph', y: 'graphs' },
    aliases: ['global pooling', 'graph pooling', 'gnn'],
  },
  params: z.object({ form: z.enum(['sum', 'mean', 'max', 'attention']).default('mean') }),
  ports: {
    inputs: [
      { id: 'x', type: 'tensor', dtypes: ['float32'] },
      { id: 'graphs', type: 'tensor', dtypes: ['int32'], optional: true },
      { id: 'like', type: 'tensor', optional: true },
    ],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x, graphs, like } }) {
    if (!x) return { outputs: {} };
    const problem = graphProblem(x, undefined);
    if (problem) return { problem };
    if (graphs && !sameShape(graphs.shape, x.shape.slice(0, 1))) {
      return {
        problem: {
          code: 'shapes-differ',
          port: 'graphs',
          data: { expected: formatShape(x.shape.slice(0, 1)), received: formatShape(graphs.shape) },
        },
      };
    }
    if ((graphs === undefined) !== (like === undefined)) {
      return { problem: { code: 'graphs-half-told', port: graphs ? 'like' : 'graphs', data: {} } };
    }
    const scalar = needsBatch(like, 'like');
    if (scalar) return { problem: scalar };
    return { outputs: { y: float32([like?.shape[0] ?? 1, x.shape[1] ?? 'F']) } };
  },
  weights({ inputs: { x }, params }) {
    const fanIn = Number(x?.shape[1]);
    if (params.form !== 'attention') return {};
    return {
      score: { shape: [fanIn, 1], init: { kind: 'glorot-uniform', fanIn, fanOut: 1 }, trainable: true },
    };
  },
  flops: ({ inputs: { x } }) => (Number(x?.shape[0]) || 1) * Number(x?.shape[1]),
  forward({ ctx: { ops }, inputs: { x, graphs, like }, weights: { score }, params }) {
    if (!x) throw new Error('graph-readout: input missing');
    const nodes = x.shape[0] ?? 1;
    const count = graphs && like ? (like.shape[0] ?? 1) : 1;
    const segments = graphs && like ? graphs : ops.cast(ops.zeros([nodes]), 'int32');
    const column = (values: typeof x) => ops.reshape(values, [-1, 1]);
    if (params.form === 'max') return { y: ops.segmentMax(x, segments, count) };
    if (params.form === 'attention') {
      if (!score) throw new Error('graph-readout: weights missing');
      const scores = ops.matMul(x, score);
      const force = ops.exp(ops.sub(scores, ops.stopGradient(ops.max(scores))));
      const total = ops.maximum(ops.segmentSum(force, segments, count), ops.scalar(1e-30));
      const shares = ops.div(force, ops.gather(total, segments, 0));
      return { y: ops.segmentSum(ops.mul(x, shares), segments, count) };
    }
    const sum = ops.segmentSum(x, segments, count);
    if (params.form === 'sum') return { y: sum };
    return { y: ops.div(sum, column(ops.maximum(degrees(ops, segments, count), ops.scalar(1)))) };
  },
  summary: ({ form }) => [form],
  lesson: {
    summary:
      'A graph may have any number of nodes in any order; what describes it must not depend on that order. A sum keeps how many there were, a mean forgets it, a maximum keeps the strongest, attention learns which nodes matter.',
    references: [
      {
        title: 'Li et al. 2016: Gated graph sequence neural networks',
        url: 'https://arxiv.org/abs/1511.05493',
      },
    ],
  },
  sources: {
    pytorch({ inputs: { x, graphs, like }, params: { form } }) {
      const several = graphs && like;
      const count = several ? 'len({like})' : '1';
      const zeros = `{x}.new_zeros(${count}, {x}.shape[1])`;
      const calls = {
        sum: `${zeros}.index_add(0, g, {x})`,
        mean: `${zeros}.index_add(0, g, {x}) / torch.bincount(g, minlength=${count}).clamp(min=1)[:, None]`,
        max: `${zeros}.scatter_reduce(0, g[:, None].expand_as({x}), {x}, "amax", include_self=False)`,
        attention: `(lambda e: ${zeros}.index_add(0, g, {x} * e / {x}.new_zeros(${count}, 1).index_add(0, g, e)[g]))((lambda z: (z - z.max()).exp())({x} @ {self}["score"]))`,
      };
      const segments = several ? '{graphs}' : 'torch.zeros(len({x}), dtype=torch.long, device={x}.device)';
      return {
        ...(form === 'attention' && torchParameters({ score: [Number(x?.shape[1]), 1] })),
        call: `(lambda g: ${calls[form]})(${segments})`,
      };
    },
  },
  examples: (['sum', 'mean', 'max', 'attention'] as const).map((form) => ({
    name: `${form}${form === 'mean' ? ' of one graph' : ' of two graphs'}`,
    inputs: {
      x: float32([5, 3]),
      ...(form !== 'mean' && {
        graphs: { type: 'tensor' as const, dtype: 'int32' as const, shape: [5] },
        like: { type: 'tensor' as const, dtype: 'int32' as const, shape: [2] },
      }),
    },
    params: { form },
    outputs: { y: [form === 'mean' ? 1 : 2, 3] },
    parameterCount: form === 'attention' ? 3 : 0,
  })),
});
