import { getBezierPath, Position, useReactFlow, ViewportPortal } from '@xyflow/react';
import { useLayoutEffect, useState } from 'react';
import type { Point } from '#shared/graph/document.ts';
import type { FixedEnd } from './fitting.ts';
import { portPlace } from './portPlace.ts';

interface WaitingWireProps {
  readonly end: FixedEnd;
  /** Where it was let go, in document coordinates. */
  readonly at: Point;
}

/** A wire that was let go over nothing, while what it is to lead to is looked for. */
export function WaitingWire({ end, at }: WaitingWireProps) {
  const flow = useReactFlow();
  const [path, setPath] = useState<string>();
  useLayoutEffect(() => {
    const port = portPlace(end);
    if (!port) return;
    const fixed = flow.screenToFlowPosition(port);
    const [source, target] = end.side === 'source' ? [fixed, at] : [at, fixed];
    const [drawn] = getBezierPath({
      sourceX: source.x,
      sourceY: source.y,
      sourcePosition: Position.Right,
      targetX: target.x,
      targetY: target.y,
      targetPosition: Position.Left,
    });
    setPath(drawn);
  }, [end, at, flow]);
  return (
    <ViewportPortal>
      <svg className="cv-waiting of-hand" aria-hidden="true">
        <path className="wire" d={path} />
      </svg>
    </ViewportPortal>
  );
}
