import { z } from 'zod';
import { formatShape, type Shape } from '../../types/portType.ts';
import { float32, normalizeAxis } from '../../types/shape.ts';
import { AXIS_HELP } from '../axes.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

const operations = {
  sum: 'Sum',
  mean: 'Mean',
  max: 'Maximum',
  min: 'Minimum',
  variance: 'Variance',
  'standard-deviation': 'Standard deviation',
  norm: 'Length (L2)',
  'log-sum-exp': 'Log-sum-exp',
} as const;
type Operation = keyof typeof operations;
const operationSchema = z.enum(Object.keys(operations) as [Operation, ...Operation[]]);

/** The chosen axes, counted from the front; all but the batch where none is named. */
function chosenAxes(rank: number, axes: readonly number[]): number[] {
  if (axes.length === 0) return Array.from({ length: Math.max(0, rank - 1) }, (_, axis) => axis + 1);
  return [...new Set(axes.map((axis) => normalizeAxis(axis, rank)))].toSorted((a, b) => a - b);
}

const withoutAxes = (shape: Shape, axes: readonly number[], keepDims: boolean): Shape =>
  shape.flatMap((dim, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [dim]));

/**
 * Sum, mean, largest, smallest, biased variance and deviation, Euclidean length or log-sum-exp over
 * chosen axes. Of several equal largest values each gets an equal share of the gradient.
 */
export const reduce = defineLayer({
  kind: 'reduce',
  category: 'operation',
  icon: 'fold-vertical',
  text: {
    title: 'Reduce',
    description: 'Sums or averages over axes, or takes the largest.',
    params: {
      operation: { label: 'Operation', options: operations },
      axes: { label: 'Axes', help: `All but the batch where the list is empty. ${AXIS_HELP}` },
      keepDims: { label: 'Keep axes', help: 'Leaves the axes there, with size 1.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['sum', 'mean', 'average', 'max', 'min', 'norm', 'variance', 'pool', 'logsumexp'],
  },
  params: z.object({
    operation: operationSchema.default('mean'),
    axes: z.array(z.int().min(-8).max(7)).max(8).default([]),
    keepDims: z.boolean().default(false),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const rank = x.shape.length;
    const axes = chosenAxes(rank, params.axes);
    const outside = params.axes.find((axis) => axis < -rank || axis >= rank);
    if (outside !== undefined) {
      return {
        problem: {
          code: 'axis-not-available',
          port: 'x',
          param: 'axes',
          data: { axis: outside, first: 0, last: rank - 1, received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'axes', value: [] },
        },
      };
    }
    return { outputs: { y: float32(withoutAxes(x.shape, axes, params.keepDims)) } };
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops }, inputs, params: { operation, axes: named, keepDims } }) {
    const x = required(inputs.x, 'reduce: x');
    const axes = chosenAxes(x.shape.length, named);
    if (axes.length === 0) return { y: x };
    const variance = () => {
      const centred = ops.sub(x, ops.mean(x, axes, true));
      return ops.mean(ops.square(centred), axes, keepDims);
    };
    switch (operation) {
      case 'sum':
        return { y: ops.sum(x, axes, keepDims) };
      case 'mean':
        return { y: ops.mean(x, axes, keepDims) };
      case 'max':
        return { y: ops.max(x, axes, keepDims) };
      case 'min':
        return { y: ops.min(x, axes, keepDims) };
      case 'variance':
        return { y: variance() };
      case 'standard-deviation':
        return { y: ops.sqrt(variance()) };
      case 'norm':
        return { y: ops.sqrt(ops.sum(ops.square(x), axes, keepDims)) };
      case 'log-sum-exp':
        return { y: ops.logSumExp(x, axes, keepDims) };
    }
  },
  summary: ({ operation, axes, keepDims }) => [
    `${operations[operation].toLowerCase()} over ${axes.length === 0 ? 'each sample' : `axes ${axes.join(', ')}`}`,
    ...(keepDims ? ['keeps axes'] : []),
  ],
  lesson: {
    summary:
      'Makes one number of all numbers along the chosen axes. The mean over time or over places gives a network an answer that does not depend on their number; the maximum asks whether something is there at all; log-sum-exp is its smooth form.',
    formula: 'mean: y = (1/n)·Σᵢ xᵢ    log-sum-exp: y = log Σᵢ exp xᵢ',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { operation, axes, keepDims } }) => {
      const dims = `dim=${python(chosenAxes(x?.shape.length ?? 1, axes))}, keepdim=${python(keepDims)}`;
      const calls: Record<Operation, string> = {
        sum: `torch.sum({x}, ${dims})`,
        mean: `torch.mean({x}, ${dims})`,
        max: `torch.amax({x}, ${dims})`,
        min: `torch.amin({x}, ${dims})`,
        variance: `torch.var({x}, ${dims}, correction=0)`,
        'standard-deviation': `torch.std({x}, ${dims}, correction=0)`,
        norm: `torch.linalg.vector_norm({x}, ${dims})`,
        'log-sum-exp': `torch.logsumexp({x}, ${dims})`,
      };
      return { call: calls[operation] };
    },
    keras: ({ inputs: { x }, params: { operation, axes, keepDims } }) => {
      const over = `axis=${python(chosenAxes(x?.shape.length ?? 1, axes))}, keepdims=${python(keepDims)}`;
      const calls: Record<Operation, string> = {
        sum: `ops.sum({x}, ${over})`,
        mean: `ops.mean({x}, ${over})`,
        max: `ops.max({x}, ${over})`,
        min: `ops.min({x}, ${over})`,
        variance: `ops.var({x}, ${over})`,
        'standard-deviation': `ops.std({x}, ${over})`,
        norm: `ops.sqrt(ops.sum(ops.square({x}), ${over}))`,
        'log-sum-exp': `ops.logsumexp({x}, ${over})`,
      };
      return { call: calls[operation] };
    },
  },
  examples: [
    ...operationSchema.options.map((operation) => ({
      name: operation,
      inputs: { x: float32([2, 3, 4]) },
      params: { operation, axes: [1] },
      outputs: { y: [2, 4] },
      parameterCount: 0,
    })),
    { name: 'each sample to one number', inputs: { x: float32([3, 2, 2]) }, params: {}, outputs: { y: [3] } },
    {
      name: 'two axes kept',
      inputs: { x: float32([2, 3, 5, 4]) },
      params: { operation: 'max', axes: [1, 2], keepDims: true },
      outputs: { y: [2, 1, 1, 4] },
    },
  ],
});
