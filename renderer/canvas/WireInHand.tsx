import { type ConnectionLineComponentProps, getBezierPath } from '@xyflow/react';
import type { CSSProperties } from 'react';
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
    <g style={{ '--wc': 'var(--accent)' } as CSSProperties}>
      <path className="wire-case" d={path} />
      <path className={`wire ${refusal ? 'bad' : ''}`} d={path} />
      {refusal && (
        <foreignObject x={toX + 14} y={toY + 10} width={280} height={160} style={{ overflow: 'visible' }}>
          <div className="conn-tip" role="alert">
            {problemText(refusal)}
          </div>
        </foreignObject>
      )}
    </g>
  );
}
