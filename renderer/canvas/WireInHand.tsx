import { type ConnectionLineComponentProps, getBezierPath, useReactFlow } from '@xyflow/react';
import { createPortal } from 'react-dom';
import { problemText } from '../i18n/problemText.ts';
import { wireRefusal } from './connecting.ts';

/** The wire being drawn; over a port that it does not fit it turns red and says why. */
export function WireInHand(props: ConnectionLineComponentProps) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromHandle, toHandle } = props;
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  });
  const a = { node: fromHandle.nodeId, port: fromHandle.id ?? '' };
  const b = toHandle && { node: toHandle.nodeId, port: toHandle.id ?? '' };
  const forward = fromHandle.type === 'source';
  const refusal = b && toHandle !== fromHandle ? (forward ? wireRefusal(a, b) : wireRefusal(b, a)) : null;
  return (
    <g className="of-hand">
      <path className="wire-case" d={path} />
      <path className={`wire ${refusal ? 'bad' : ''}`} d={path} />
      {refusal && <RefusalTip x={toX} y={toY} text={problemText(refusal)} />}
    </g>
  );
}

const TIP_WIDTH = 260;
const TIP_HEIGHT = 80;

/** Why the wire does not fit, beside the pointer and always inside the window. */
function RefusalTip({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  const at = useReactFlow().flowToScreenPosition({ x, y });
  const left = Math.max(8, Math.min(at.x + 14, window.innerWidth - TIP_WIDTH - 8));
  const top = at.y + 12 + TIP_HEIGHT > window.innerHeight ? at.y - TIP_HEIGHT : at.y + 12;
  return createPortal(
    <div className="conn-tip" role="alert" style={{ left, top }}>
      {text}
    </div>,
    document.body,
  );
}
