import { z } from 'zod';
import { formatShape, type TensorType } from '../types/portType.ts';
import { normalizeAxis } from '../types/shape.ts';
import type { NodeProblem } from './defineNode.ts';

/** An axis as people name it: 0 is the batch, −1 the last. */
export const axisParam = (fallback = -1) => z.int().min(-8).max(7).default(fallback);

/** Help text of every axis parameter. */
export const AXIS_HELP = '0 is the batch, 1 the first axis after it, −1 the last.';

export interface AxisRequest {
  readonly x: TensorType;
  readonly axis: number;
  readonly nodeId: string;
  readonly port?: string;
  readonly param?: string;
  /** The smallest axis that may be chosen; 1 keeps samples apart. */
  readonly first?: number;
}

/** The axis counted from the front, or the Problem that the input has no such axis. */
export function resolveAxis({
  x,
  axis,
  nodeId,
  port = 'x',
  param = 'axis',
  first = 1,
}: AxisRequest): number | { problem: NodeProblem } {
  const rank = x.shape.length;
  const resolved = normalizeAxis(axis, rank);
  if (resolved >= first && resolved < rank) return resolved;
  return {
    problem: {
      code: 'axis-not-available',
      port,
      param,
      data: { axis, first, last: rank - 1, received: formatShape(x.shape) },
      ...(rank > first && { fix: { kind: 'set-param', nodeId, param, value: -1 } }),
    },
  };
}

/** The Problem of a single number where samples are needed. */
export function needsBatch(type: TensorType | undefined, port: string): NodeProblem | undefined {
  if (!type || type.shape.length > 0) return undefined;
  return { code: 'needs-shape', port, data: { expected: 'B×…', received: formatShape(type.shape) } };
}

/** The axis counted from the front where the compiler has checked it. */
export function axisOf(x: { shape: readonly unknown[] }, axis: number): number {
  return normalizeAxis(axis, x.shape.length);
}
