import { setView, useViewStore } from '../stores/viewStore.ts';

const MOST_RECENT = 6;

/** Remembers that a kind of node was added, newest first. */
export function noteUsed(kind: string): void {
  const { recentKinds } = useViewStore.getState();
  setView({ recentKinds: [kind, ...recentKinds.filter((other) => other !== kind)].slice(0, MOST_RECENT) });
}

export function toggleFavourite(kind: string): void {
  const { favouriteKinds } = useViewStore.getState();
  setView({
    favouriteKinds: favouriteKinds.includes(kind)
      ? favouriteKinds.filter((other) => other !== kind)
      : [...favouriteKinds, kind],
  });
}
