import { type ConnectionLineComponentProps, getBezierPath, useReactFlow } from '@xyflow/react';
import { createPortal } from 'react-dom';
import type { Point } from '#shared/graph/document.ts';
import { problemText } from '../i18n/problemText.ts';
import { cardAt, joined, portOn, wireRefusal } from './connecting.ts';
import type { FixedEnd } from './fitting.ts';
import { portPlace } from './portPlace.ts';

/**
 * The wire being drawn; over a port that it does not fit it turns red and says why. Over a card it is drawn to the
 * port that it would go to.
 */
export function WireInHand(props: ConnectionLineComponentProps) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromHandle, toHandle } = props;
  const flow = useReactFlow();
  const at = flow.flowToScreenPosition({ x: toX, y: toY });
  const side = fromHandle.type === 'source' ? 'target' : 'source';
  const to = (toHandle ? null : portUnder(at, side, fromHandle.nodeId)) ?? at;
  const end = to === at ? { x: toX, y: toY } : flow.screenToFlowPosition(to);
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: end.x,
    targetY: end.y,
    targetPosition: toPosition,
  });
  const fixed = {
    at: { node: fromHandle.nodeId, port: fromHandle.id ?? '' },
    side: fromHandle.type,
  };
  const wire = toHandle && joined(fixed, { node: toHandle.nodeId, port: toHandle.id ?? '' });
  const refusal = wire && toHandle !== fromHandle ? wireRefusal(wire.from, wire.to) : null;
  return (
    <g className="of-hand">
      <path className="wire-case" d={path} />
      <path className={`wire ${refusal ? 'bad' : ''}`} d={path} />
      {refusal && <RefusalTip at={at} text={problemText(refusal)} />}
    </g>
  );
}

/** Where the port lies that the wire goes to when it is let go here, over a card other than its own. */
function portUnder({ x, y }: Point, side: FixedEnd['side'], own: string): Point | null {
  const node = cardAt(x, y);
  const port = node === null || node === own ? null : portOn(node).port;
  return node === null || port === null ? null : portPlace({ at: { node, port }, side });
}

const TIP_WIDTH = 260;
const TIP_HEIGHT = 80;

/** Why the wire does not fit, beside the pointer and always inside the window. */
function RefusalTip({ at, text }: { readonly at: Point; readonly text: string }) {
  const left = Math.max(8, Math.min(at.x + 14, window.innerWidth - TIP_WIDTH - 8));
  const top = at.y + 12 + TIP_HEIGHT > window.innerHeight ? at.y - TIP_HEIGHT : at.y + 12;
  return createPortal(
    <div className="conn-tip" role="alert" style={{ left, top }}>
      {text}
    </div>,
    document.body,
  );
}
