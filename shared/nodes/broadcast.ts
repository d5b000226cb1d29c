import { formatShape, type Shape, type TensorType } from '../types/portType.ts';
import { broadcastShapes, sampleSize } from '../types/shape.ts';
import type { NodeProblem } from './defineNode.ts';

/** The common shape of two inputs that stretch to fit each other, or why they do not. */
export function broadcastPair(
  a: TensorType,
  b: TensorType,
  port = 'b',
): { shape: Shape } | { problem: NodeProblem } {
  const shape = broadcastShapes(a.shape, b.shape);
  if (shape) return { shape };
  return {
    problem: {
      code: 'shapes-differ',
      port,
      data: { expected: formatShape(a.shape), received: formatShape(b.shape) },
    },
  };
}

/** The common shape of all values of a port that takes several; the first that does not fit is named. */
export function broadcastList(
  values: readonly TensorType[],
  port = 'values',
): { shape: Shape } | { problem: NodeProblem } {
  let shape: Shape = values[0]?.shape ?? [];
  for (const [wire, value] of values.entries()) {
    const wider = broadcastShapes(shape, value.shape);
    if (!wider) {
      return {
        problem: {
          code: 'shapes-differ',
          port,
          data: { expected: formatShape(shape), received: formatShape(value.shape) },
          fix: { kind: 'remove-edge', edgeId: '' },
          ...(port === 'values' && { widths: widthsOf(values) }),
          wire,
        },
      };
    }
    shape = wider;
  }
  return { shape };
}

/** Of two values that differ in their last dimension alone: what each would have to be. */
function widthsOf(values: readonly TensorType[]): readonly { wire: number; value: number }[] {
  const [a, b] = values.map(({ shape }) => shape);
  if (!a || !b || values.length > 2 || !broadcastShapes(a.slice(0, -1), b.slice(0, -1))) return [];
  const [left, right] = [a.at(-1), b.at(-1)];
  if (typeof left !== 'number' || typeof right !== 'number') return [];
  return [
    { wire: 0, value: right },
    { wire: 1, value: left },
  ];
}

/** One value where two or more are meant to be combined. */
export const singleValue = (count: number, port = 'values'): readonly NodeProblem[] =>
  count < 2 ? [{ code: 'single-value', port, data: { count }, severity: 'warning' }] : [];

/** Numbers of one sample of a tensor; 0 where they are not known. */
export const numbersOf = (type: { readonly type: string } | undefined): number =>
  type?.type === 'tensor' ? (sampleSize((type as TensorType).shape) ?? 0) : 0;
