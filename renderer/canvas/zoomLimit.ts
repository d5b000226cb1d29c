import type { BoxIndex } from './boxIndex.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { unionOf } from './snap.ts';

/** How far one may zoom out: as far as it takes to see all of the graph in a small window, by steps. */
const limits = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002] as const;
const SMALL_WINDOW = { width: 600, height: 240 };

export function limitFor(boxes: BoxIndex['all']): number {
  const all = unionOf(boxes);
  if (!all) return limits[0];
  const whole = Math.min(
    SMALL_WINDOW.width / (all.right - all.left),
    SMALL_WINDOW.height / (all.bottom - all.top),
  );
  return limits.find((limit) => limit <= whole) ?? limits.at(-1) ?? limits[0];
}

let known: { readonly boxes: BoxIndex; readonly limit: number } | undefined;

function limitOf({ boxes }: { readonly boxes: BoxIndex }): number {
  if (known?.boxes !== boxes) known = { boxes, limit: limitFor(boxes.all) };
  return known.limit;
}

export const useZoomLimit = (): number => useCardBoxes(limitOf);

export const farthestOut = (): number => limitOf(useCardBoxes.getState());
