import type { ReactNode } from 'react';
import type { Detection } from '#shared/protocol/run.ts';

interface BoxesOverProps {
  readonly there: readonly Detection[];
  readonly found: readonly Detection[];
  readonly labels: readonly string[];
  /** With the names of what was found. */
  readonly named?: boolean;
  readonly children: ReactNode;
}

const percent = (part: number): string => `${(100 * part).toFixed(2)}%`;

/** Boxes over a picture: dashed what is there, in full what a detector found. */
export function BoxesOver({ there, found, labels, named = false, children }: BoxesOverProps) {
  const place = ({ x, y, width, height }: Detection) => ({
    left: percent(x),
    top: percent(y),
    width: percent(width),
    height: percent(height),
  });
  return (
    <span className="relative block overflow-hidden">
      {children}
      {there.map((box) => (
        <i
          key={`${box.label} ${box.x} ${box.y}`}
          aria-hidden="true"
          className="absolute border border-white border-dashed mix-blend-difference"
          style={place(box)}
        />
      ))}
      {found.map((box) => (
        <i
          key={`${box.label} ${box.x} ${box.y} ${box.score}`}
          aria-hidden="true"
          className="absolute border-2 border-accent not-italic"
          style={place(box)}
        >
          {named && (
            // Above the box where there is room, so that nothing of it is covered.
            <span
              className={`absolute left-0 ${box.y > 0.14 ? 'bottom-full' : 'top-0'} whitespace-nowrap bg-accent-fill px-0.5 font-mono text-[9px] text-on-accent leading-3`}
            >
              {labels[box.label] ?? box.label} {Math.round(100 * box.score)}
            </span>
          )}
        </i>
      ))}
    </span>
  );
}
