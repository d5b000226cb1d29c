import type { Point } from '#shared/graph/document.ts';
import type { FixedEnd } from './fitting.ts';

/** Where the middle of a port lies in the window; `source` is an output. Null where it is not on the page. */
export function portPlace({ at, side }: FixedEnd): Point | null {
  const port = document.querySelector(
    `.react-flow__node[data-id="${CSS.escape(at.node)}"] .port.${side}[data-handleid="${CSS.escape(at.port)}"]`,
  );
  const box = port?.getBoundingClientRect();
  return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : null;
}
