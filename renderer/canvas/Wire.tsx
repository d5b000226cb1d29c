import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { formatType, portForm } from '#shared/types/portType.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { portColor } from '../ui/categories.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { wireLane, wirePath } from './wirePath.ts';

/** Wires at least this long carry their shape. */
const CHIP_FROM = 170;

/** A wire: a curve in its type's colour over a casing, so that crossings stay readable. */
export const Wire = memo(function Wire(props: EdgeProps) {
  const { id, sourceX, sourceY, targetX, targetY } = props;
  const type = useDocumentStore((state) => state.analysis.edges.get(id));
  const bad = useDocumentStore((state) =>
    state.analysis.problems.some(
      (problem) =>
        problem.severity === 'error' &&
        (problem.edgeId === id ||
          (problem.nodeId === props.target && problem.port === props.targetHandleId && type !== undefined)),
    ),
  );
  const labels = useViewStore((view) => view.wireLabels);
  const ends = { sourceX, sourceY, targetX, targetY };
  const lane = useCardBoxes(({ boxes }) => wireLane(ends, boxes, [props.source, props.target]));
  const [path, labelX, labelY] = wirePath(ends, lane);
  const style = { '--wc': type ? portColor[portForm(type)] : 'var(--p-tensor)' } as CSSProperties;
  const long = Math.hypot(targetX - sourceX, targetY - sourceY) > CHIP_FROM;
  return (
    <g style={style}>
      <path className="wire-case" d={path} />
      <path className={`wire ${bad ? 'bad' : ''} ${type ? '' : 'pending'}`} d={path} />
      <path className="wire-hit" d={path} />
      {labels && long && type && (
        <EdgeLabelRenderer>
          <div
            className="wchip"
            style={{ ...style, transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {formatType(type)}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});
