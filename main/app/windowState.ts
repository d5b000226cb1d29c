import type { Rectangle } from 'electron';
import type { WindowState } from '#main/services/settings.ts';

const DEFAULT_SIZE = { width: 1440, height: 900 };
/** So much of a title bar must be on a screen for the window to be reachable, in pixels. */
const REACHABLE = 48;

/** Where the window was last, unless that place is on no screen any more. */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (state === null) return DEFAULT_SIZE;
  const { width, height, x, y } = state;
  if (x === undefined || y === undefined) return { width, height };
  const reachable = workAreas.some(
    (area) =>
      x + width >= area.x + REACHABLE &&
      x <= area.x + area.width - REACHABLE &&
      y >= area.y &&
      y <= area.y + area.height - REACHABLE,
  );
  return reachable ? { width, height, x, y } : { width, height };
}
