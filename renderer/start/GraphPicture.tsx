import type { GraphDocument } from '#shared/graph/document.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { wireLane, wirePath } from '../canvas/wirePath.ts';
import { categoryColor } from '../ui/categories.ts';

interface GraphPictureProps {
  readonly document: GraphDocument;
  /** Where absent the picture says nothing that is not said beside it. */
  readonly label?: string;
}

const WIDTH = 240;
const HEIGHT = 96;
const CARD = { width: 180, header: 46, height: 120 };
const MARGIN = 16;

/** A document drawn small: its nodes in their categories' colours, at their own places, with their wires. */
export function GraphPicture({ document, label }: GraphPictureProps) {
  const xs = document.nodes.map(({ position }) => position.x);
  const ys = document.nodes.map(({ position }) => position.y);
  const left = Math.min(...xs, 0);
  const top = Math.min(...ys, 0);
  const width = Math.max(...xs, 0) - left + CARD.width;
  const height = Math.max(...ys, 0) - top + CARD.height;
  const scale = Math.min((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height, 0.3);
  const offsetX = (WIDTH - width * scale) / 2 - left * scale;
  const offsetY = (HEIGHT - height * scale) / 2 - top * scale;
  const places = new Map(
    document.nodes.map((node) => [
      node.id,
      { x: node.position.x * scale + offsetX, y: node.position.y * scale + offsetY, kind: node.kind },
    ]),
  );
  const boxes = document.nodes.map(({ id, kind, position: { x, y } }) => ({
    id,
    kind,
    left: x,
    top: y,
    right: x + CARD.width,
    bottom: y + CARD.height,
  }));
  const color = (kind: string): string => {
    const category = findNodeDefinition(kind)?.category;
    return category ? categoryColor[category] : 'var(--c-shape)';
  };
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="start-picture"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <g transform={`translate(${offsetX} ${offsetY}) scale(${scale})`} fill="none" strokeOpacity={0.75}>
        {document.edges.map(({ from, to }) => {
          const start = boxes.find(({ id }) => id === from.node);
          const end = boxes.find(({ id }) => id === to.node);
          if (!start || !end) return null;
          const middle = CARD.height / 2;
          const ends = {
            sourceX: start.right,
            sourceY: start.top + middle,
            targetX: end.left,
            targetY: end.top + middle,
          };
          return (
            <path
              key={`${from.node}.${from.port}-${to.node}.${to.port}`}
              d={wirePath(ends, wireLane(ends, boxes, [from.node, to.node]))[0]}
              stroke={color(start.kind)}
              vectorEffect="non-scaling-stroke"
            />
          );
        })}
      </g>
      {[...places].map(([id, { x, y, kind }]) => (
        <g key={id} transform={`translate(${x} ${y})`}>
          <rect
            width={CARD.width * scale}
            height={CARD.height * scale}
            rx={2.5}
            fill="var(--node)"
            stroke="var(--line-strong)"
            strokeWidth={0.75}
          />
          <path
            d={`M0 2.5a2.5 2.5 0 0 1 2.5-2.5h${CARD.width * scale - 5}a2.5 2.5 0 0 1 2.5 2.5v${CARD.header * scale - 2.5}h-${CARD.width * scale}z`}
            fill={color(kind)}
          />
        </g>
      ))}
    </svg>
  );
}
