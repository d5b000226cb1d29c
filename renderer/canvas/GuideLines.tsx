import { ViewportPortal } from '@xyflow/react';
import { useLift } from './lift.ts';

/** What the cards in hand lie level with. */
export function GuideLines() {
  const lines = useLift((lift) => lift.lines);
  if (lines.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className="cv-guides" aria-hidden="true">
        {lines.map(({ x1, y1, x2, y2 }) => (
          <path
            key={x1 === x2 ? 'x' : 'y'}
            d={`M${x1} ${y1}L${x2} ${y2}`}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}
