import { getBezierPath, getSmoothStepPath, Position } from '@xyflow/react';

interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** How far a wire goes straight on before it turns back. */
const REACH = 22;

/**
 * Path of a wire and the middle of it: a curve where the data goes on to the right, and a way around
 * the nodes, with rounded corners, where it goes back to the left.
 */
export function wirePath(ends: Ends): [path: string, labelX: number, labelY: number] {
  const sides = { sourcePosition: Position.Right, targetPosition: Position.Left };
  const [path, labelX, labelY] =
    ends.targetX > ends.sourceX
      ? getBezierPath({ ...ends, ...sides })
      : getSmoothStepPath({ ...ends, ...sides, borderRadius: 18, offset: REACH });
  return [path, labelX, labelY];
}
