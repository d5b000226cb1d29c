import type { Tensor } from '@tensorflow/tfjs-core';
import { formatShape, type TensorType } from '../types/portType.ts';
import type { NodeProblem } from './defineNode.ts';
import type { Ops } from './ops.ts';

/** Why node features `[N, F]` and edges `[E, 2]` cannot be read as a graph, if they cannot. */
export function graphProblem(x: TensorType, edges: TensorType | undefined): NodeProblem | undefined {
  if (x.shape.length !== 2 || typeof x.shape[1] !== 'number') {
    return {
      code: 'needs-flat-input',
      port: 'x',
      data: { expected: 'N×F', received: formatShape(x.shape) },
    };
  }
  if (edges && (edges.shape.length !== 2 || edges.shape[1] !== 2)) {
    return {
      code: 'needs-edge-list',
      port: 'edges',
      data: { expected: 'E×2', received: formatShape(edges.shape) },
    };
  }
  return undefined;
}

/** Source and target of each edge, int32 `[E]` each. */
export function endsOf(ops: Ops, edges: Tensor): { sources: Tensor; targets: Tensor } {
  const [count = 0] = edges.shape;
  const end = (column: number) => ops.reshape(ops.slice(edges, [0, column], [count, 1]), [count]);
  return { sources: end(0), targets: end(1) };
}

/** Edges that arrive at each node, float32 `[N]`. */
export function degrees(ops: Ops, targets: Tensor, nodes: number): Tensor {
  return ops.segmentSum(ops.ones([targets.shape[0] ?? 0]), targets, nodes);
}

/** Sum over each node's neighbours of rows `[N, F]`. */
export function sumNeighbours(ops: Ops, x: Tensor, ends: { sources: Tensor; targets: Tensor }): Tensor {
  return ops.segmentSum(ops.gather(x, ends.sources, 0), ends.targets, x.shape[0] ?? 1);
}
