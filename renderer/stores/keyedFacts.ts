import { useCallback, useSyncExternalStore } from 'react';
import { useDocumentStore } from './documentStore.ts';

type DocumentState = ReturnType<typeof useDocumentStore.getState>;

const saysMore = (before: DocumentState, after: DocumentState): boolean =>
  before.graph !== after.graph ||
  before.graphAnalysis !== after.graphAnalysis ||
  before.document?.variables !== after.document?.variables;

/**
 * What is known of each of many things, worked out of the document at once; whoever shows one of them renders
 * when that one changes. With a selector each, a graph of a thousand cards would ask ten thousand questions at every
 * keystroke. `derive` keeps by reference what is as it was, the whole map where nothing is new.
 */
export function keyedFacts<T>(
  derive: (state: DocumentState, before: ReadonlyMap<string, T>) => ReadonlyMap<string, T>,
): (id: string) => T | undefined {
  let facts: ReadonlyMap<string, T> = new Map();
  let from: DocumentState | null = null;
  const watchers = new Map<string, Set<() => void>>();
  const now = (): ReadonlyMap<string, T> => {
    const state = useDocumentStore.getState();
    if (!from || saysMore(from, state)) facts = derive(state, facts);
    from = state;
    return facts;
  };
  let told = facts;
  useDocumentStore.subscribe(() => {
    if (watchers.size === 0) return;
    const before = told;
    told = now();
    if (told === before) return;
    for (const [id, listeners] of watchers) {
      if (told.get(id) !== before.get(id)) for (const listener of listeners) listener();
    }
  });
  const watch = (id: string, listener: () => void): (() => void) => {
    if (watchers.size === 0) told = now();
    const listeners = watchers.get(id) ?? new Set();
    watchers.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && watchers.get(id) === listeners) watchers.delete(id);
    };
  };
  return (id) =>
    useSyncExternalStore(
      useCallback((listener) => watch(id, listener), [id]),
      () => now().get(id),
    );
}
