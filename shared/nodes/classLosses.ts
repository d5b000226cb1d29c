import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { formatShape, type TensorType } from '../types/portType.ts';
import { sameShape } from '../types/shape.ts';
import type { NodeProblem } from './defineNode.ts';
import { knownValues } from './knownValues.ts';
import type { Ops } from './ops.ts';
import { pythonList } from './sources.ts';

/** Weight of each class; all 1 where the list is empty. */
export const classWeightsParam = z
  .array(z.number().min(0).max(1e6))
  .max(100_000)
  .default([])
  .meta({ per: 'class' });
export const classWeightsText = {
  label: 'Class weights',
  help: 'One for each class, larger for rare ones; empty: all count the same.',
};

/** Checks scores `[…, K]` against class labels `[…]`. */
export function checkClasses(
  scores: TensorType,
  labels: TensorType,
  ports: { scores: string; labels: string },
): NodeProblem | undefined {
  const width = scores.shape.at(-1);
  const leading = scores.shape.slice(0, -1);
  if (
    scores.shape.length < 2 ||
    typeof width !== 'number' ||
    (labels.shape.length === 1 && leading.length > 1)
  ) {
    return {
      code: 'needs-flat-input',
      port: ports.scores,
      data: { expected: 'B×classes', received: formatShape(scores.shape) },
      ...(scores.shape.length > 2 && {
        fix: { kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' },
      }),
    };
  }
  if (!sameShape(labels.shape, leading)) {
    return {
      code: 'needs-class-labels',
      port: ports.labels,
      data: { expected: formatShape(leading), received: formatShape(labels.shape) },
    };
  }
  const known = knownValues(labels) ?? width;
  if (known === width) return undefined;
  return {
    code: 'class-count-mismatch',
    port: ports.scores,
    data: { classes: known, expected: formatShape([...leading, known]), received: formatShape(scores.shape) },
    fix: [
      { kind: 'set-param', nodeId: '', param: 'units', value: known },
      { kind: 'insert-node', nodeKind: 'dense', params: { units: known }, edgeId: '' },
    ],
  };
}

/** As many class weights as classes, or none. */
export function checkClassWeights(
  classWeights: readonly number[],
  classes: number,
  nodeId: string,
): NodeProblem | undefined {
  if (classWeights.length === 0 || classWeights.length === classes) return undefined;
  return {
    code: 'class-weights-count',
    param: 'classWeights',
    data: { count: classWeights.length, classes },
    fix: { kind: 'set-param', nodeId, param: 'classWeights', value: [] },
  };
}

/** Weights of samples times those of their classes; undefined where all count the same. */
export function totalWeights(
  ops: Ops,
  labels: Tensor,
  weights: Tensor | undefined,
  classWeights: readonly number[],
): Tensor | undefined {
  if (classWeights.length === 0) return weights;
  const table = ops.stack(
    classWeights.map((weight) => ops.scalar(weight)),
    0,
  );
  const byClass = ops.gather(table, labels, 0);
  if (!weights) return byClass;
  const ones = new Array<number>(byClass.shape.length - weights.shape.length).fill(1);
  return ops.mul(byClass, ops.reshape(weights, [...weights.shape, ...ones]));
}

/** `Σ w·l / Σ w` in PyTorch, `losses` and `{labels}` of one shape. */
export function torchClassMean(
  losses: string,
  weights: TensorType | undefined,
  classWeights: readonly number[],
  rank: number,
): string {
  const parts: string[] = [];
  if (classWeights.length > 0) parts.push(`torch.tensor(${pythonList(classWeights)})[{labels}]`);
  if (weights) parts.push(`{weights}.reshape(*{weights}.shape${', 1'.repeat(rank - weights.shape.length)})`);
  if (parts.length === 0) return `${losses}.mean()`;
  return `(lambda l, w: (l * w).sum() / w.expand_as(l).sum())(${losses}, ${parts.join(' * ')})`;
}

export function kerasClassMean(
  losses: string,
  weights: TensorType | undefined,
  classWeights: readonly number[],
  rank: number,
): string {
  const parts: string[] = [];
  if (classWeights.length > 0) {
    parts.push(`ops.take(ops.convert_to_tensor(${pythonList(classWeights)}, "float32"), {labels}, axis=0)`);
  }
  if (weights)
    parts.push(`ops.reshape({weights}, (*{weights}.shape,${' 1,'.repeat(rank - weights.shape.length)}))`);
  if (parts.length === 0) return `ops.mean(${losses})`;
  return `(lambda l, w: ops.sum(l * w) / ops.sum(w * ops.ones_like(l)))(${losses}, ${parts.join(' * ')})`;
}
