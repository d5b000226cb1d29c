import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';

const MOST_RECENT = 6;

/** Remembers that a kind of node was added, newest first. */
export function noteUsed(kind: string): void {
  // Blocks have lists of their own.
  if (!findNodeDefinition(kind)) return;
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

/** Favourites first, then what was used lately, then the rest as it was. */
export function knownFirst(definitions: readonly NodeDefinition[]): readonly NodeDefinition[] {
  const { favouriteKinds, recentKinds } = useViewStore.getState();
  const known = [...new Set([...favouriteKinds, ...recentKinds])];
  const rank = ({ kind }: NodeDefinition): number =>
    known.includes(kind) ? known.indexOf(kind) : known.length;
  return definitions.toSorted((a, b) => rank(a) - rank(b));
}
