import { create } from 'zustand';

/** Graphs of up to so many cards are drawn whole at once. */
const WHOLE_UP_TO = 250;

/** Whether the cards of a graph get their inside only when it can be read. */
export const isLarge = ({ length }: readonly unknown[]): boolean => length > WHOLE_UP_TO;

/** Of more cards than these only those in sight are on the page. */
const ALL_UP_TO = 3000;

/** Whether only the cards in sight are on the page: to draw all would take longer than anyone waits. */
export const isHuge = ({ length }: readonly unknown[]): boolean => length > ALL_UP_TO;

interface CardDetail {
  /** Every card has its inside. */
  readonly all: boolean;
  /** The cards that have it, where not all do. */
  readonly full: ReadonlySet<string>;
}

/**
 * Which cards have their inside: texts, figures, problems. In a large graph a card gets it when it has been in
 * sight and large enough to be read, and keeps it: until then only its ports and its name are made.
 */
export const useCardDetail = create<CardDetail>(() => ({ all: true, full: new Set() }));

/** Says which cards there are, before they are drawn. Those that were drawn whole stay so. */
export function noteCards(ids: readonly string[], before: readonly string[]): void {
  const { all, full } = useCardDetail.getState();
  if (!isLarge(ids)) {
    if (!all) useCardDetail.setState({ all: true, full: new Set() });
    return;
  }
  if (all) useCardDetail.setState({ all: false, full: new Set(before) });
  else if (before.length === 0 && full.size > 0) useCardDetail.setState({ full: new Set() });
}

/** Gives cards their inside. */
export function fillCards(ids: readonly string[]): void {
  const { all, full } = useCardDetail.getState();
  const missing = all ? [] : ids.filter((id) => !full.has(id));
  if (missing.length > 0) useCardDetail.setState({ full: new Set([...full, ...missing]) });
}

/** The cards among these that have no inside yet. */
export function emptyCards(ids: readonly string[]): readonly string[] {
  const { all, full } = useCardDetail.getState();
  return all ? [] : ids.filter((id) => !full.has(id));
}

/** Whether a card is drawn without its inside. */
export function isBare(id: string): boolean {
  const { all, full } = useCardDetail.getState();
  return !all && !full.has(id);
}

export const useIsFull = (id: string): boolean => useCardDetail(({ all, full }) => all || full.has(id));

/** Whether either end of a wire has its inside: only then its shape can be read. */
export const useIsAnyFull = (a: string, b: string): boolean =>
  useCardDetail(({ all, full }) => all || full.has(a) || full.has(b));
