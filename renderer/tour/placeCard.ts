interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 14;
const MARGIN = 12;

/** Where a card stands beside a control without covering it: right, left, below or above, within the window. */
export function placeCard(
  target: Area | null,
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
  side?: 'below',
): { readonly left: number; readonly top: number } {
  const within = (value: number, size: number, whole: number): number =>
    Math.max(MARGIN, Math.min(value, whole - size - MARGIN));
  if (!target) {
    return {
      left: within((window.width - card.width) / 2, card.width, window.width),
      top: within(window.height - card.height - 2 * GAP, card.height, window.height),
    };
  }
  const { left, top, width, height } = target;
  const right = left + width + GAP;
  const before = left - GAP - card.width;
  const below = top + height + GAP;
  const above = top - GAP - card.height;
  const beside = within(top + height / 2 - card.height / 2, card.height, window.height);
  const along = within(left + width / 2 - card.width / 2, card.width, window.width);
  const fitsBelow = below + card.height + MARGIN <= window.height;
  if (side === 'below' && fitsBelow) return { left: along, top: below };
  if (right + card.width + MARGIN <= window.width) return { left: right, top: beside };
  if (before >= MARGIN) return { left: before, top: beside };
  if (fitsBelow) return { left: along, top: below };
  if (above >= MARGIN) return { left: along, top: above };
  // The control fills the window: inside of it, at its upper right.
  return {
    left: within(left + width - card.width - GAP, card.width, window.width),
    top: within(top + GAP, card.height, window.height),
  };
}
