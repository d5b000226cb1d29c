import { type EdgeProps, useStoreApi } from '@xyflow/react';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { createPortal } from 'react-dom';
import { formatType, portForm } from '#shared/types/portType.ts';
import { changeSign, useEdgeChange } from '../compare/compareStore.ts';
import { useViewStore } from '../stores/viewStore.ts';
import type { BoxIndex } from './boxIndex.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { useIsAnyFull } from './cardDetail.ts';
import { chipLayer } from './chipLayer.ts';
import { enrolWire } from './liftOnPage.ts';
import type { WireEdge } from './useCanvasNodes.ts';
import { WireMark } from './WireMark.tsx';
import { useWirePoints, WirePoints } from './WirePoints.tsx';
import type { Ends } from './wireEnds.ts';
import { useWireFacts } from './wireFacts.ts';
import { type Box, freeLane, leavesCurve, REACH, straightOn, wirePath } from './wirePath.ts';

/** Wires at least this long carry their shape. */
const CHIP_FROM = 170;
/** How far above and below its ends a wire looks for a lane. */
const LOOK_AROUND = 700;

/** A wire that the document no longer has, for the moment until it goes. */
const unknown = { type: undefined, problem: undefined, bad: false };

/** The lane among all cards; most wires need none, and see that from the few cards along them. */
function laneAmong(boxes: BoxIndex, ends: Ends, own: readonly string[]): number | null {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const near = (across: number, down: number): readonly Box[] =>
    boxes.near(
      Math.min(sourceX, targetX) - across,
      Math.min(sourceY, targetY) - down,
      Math.max(sourceX, targetX) + across,
      Math.max(sourceY, targetY) + down,
    );
  return leavesCurve(ends, near(0, 0), own) ? freeLane(ends, near(REACH + 1, LOOK_AROUND)) : null;
}

/** The same, worked out once for each time that cards come to rest; null for a wire that is led through points. */
function useLane(ends: Ends, source: string, target: string, led: boolean): number | null {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const laneIn = useMemo(() => {
    let known: { readonly boxes: BoxIndex; readonly lane: number | null } | undefined;
    return ({ boxes }: { readonly boxes: BoxIndex }): number | null => {
      if (led) return null;
      if (known?.boxes !== boxes) {
        const lane = laneAmong(boxes, { sourceX, sourceY, targetX, targetY }, [source, target]);
        known = { boxes, lane };
      }
      return known.lane;
    };
  }, [sourceX, sourceY, targetX, targetY, source, target, led]);
  return useCardBoxes(laneIn);
}

/** A wire: a curve in its type's colour over a casing, so that crossings stay readable. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { id, source, target } = props;
  const { type, problem, bad } = useWireFacts(id) ?? unknown;
  const labels = useViewStore((view) => view.wireLabels);
  const layer = chipLayer(useStoreApi().getState().domNode);
  const { sourceX, sourceY, targetX, targetY } = props;
  const { shown: via, hold } = useWirePoints(props.data?.via ?? straightOn);
  const led = via.length > 0;
  const lane = useLane(props, source, target, led);
  const long = Math.hypot(targetX - sourceX, targetY - sourceY) > CHIP_FROM;
  const readable = useIsAnyFull(source, target);
  const change = useEdgeChange(id)?.kind;
  const shape = labels && long && readable && type?.type === 'tensor' ? formatType(type) : undefined;
  const shown = change || shape ? [change && changeSign[change], shape].filter(Boolean).join(' ') : null;
  const group = useRef<SVGGElement>(null);
  const chip = useRef<HTMLDivElement>(null);
  const points = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!group.current) return;
    const ends = { sourceX, sourceY, targetX, targetY };
    const drawn = wirePath(ends, lane, via);
    const parts = {
      group: group.current,
      chip: shown === null ? null : chip.current,
      points: via.length > 0 ? points.current : null,
    };
    return enrolWire({ id, source, target, ends, lane, via, shape: drawn, ...parts });
  }, [id, source, target, sourceX, sourceY, targetX, targetY, lane, via, shown]);
  const ends = { sourceX, sourceY, targetX, targetY };
  const [path, labelX, labelY] = wirePath(ends, lane, via);
  const color = `of-${type ? portForm(type) : 'tensor'}`;
  return (
    <g ref={group} className={color}>
      {readable && <path className="wire-case" d={path} />}
      <path
        className={`wire ${bad ? 'bad' : ''} ${type ? '' : 'pending'} ${change ? `cmp is-${change}` : ''}`}
        d={path}
      />
      <path className="wire-hit" d={path} />
      {problem && layer && createPortal(<WireMark problem={problem} x={labelX} y={labelY} />, layer)}
      {led &&
        layer &&
        createPortal(<WirePoints ref={points} edgeId={id} ends={ends} via={via} onHold={hold} />, layer)}
      {shown !== null &&
        layer &&
        createPortal(
          <div
            ref={chip}
            className={`wchip ${color} ${problem ? 'below' : ''} ${change ? `cmp is-${change}` : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {shown}
          </div>,
          layer,
        )}
    </g>
  );
});
