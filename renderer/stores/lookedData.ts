import { create } from 'zustand';
import { pickedSources } from '#shared/compile/pickedSources.ts';
import type { FactsByNode } from '#shared/compile/plan.ts';
import type { HostConnection, HostError, HostOutput } from '#shared/protocol/host.ts';
import { toHostError } from '../host/hostFailure.ts';
import { setFacts, useDocumentStore } from './documentStore.ts';
import { callHost, useHostStore } from './hostStore.ts';

type Found = NonNullable<HostOutput<'data.look'>>;

/** What is known of one data node of people's own data. */
export interface LookedData {
  /** What was asked, as text: another question makes the answer void. */
  readonly asked: string;
  readonly looking: boolean;
  /** Share of the source that was looked at. */
  readonly progress: number | null;
  readonly found: Found | null;
  readonly error: HostError | null;
}

interface LookedState {
  /** By `<document>/<instance path>`. */
  readonly looks: Readonly<Record<string, LookedData>>;
}

export const useLookedStore = create<LookedState>(() => ({ looks: {} }));

/** A pause this long after an edit begins the look: typing asks once. */
const SETTLE_MS = 200;

const keyOf = (document: string, path: string): string => `${document}/${path}`;

/** The look at a node of the document in front. */
export function useLookedData(path: string | null): LookedData | null {
  const document = useDocumentStore((state) => state.recoveryId);
  return useLookedStore(({ looks }) => (path === null ? null : (looks[keyOf(document, path)] ?? null)));
}

function put(key: string, asked: string, change: Partial<LookedData>): void {
  const before = useLookedStore.getState().looks[key];
  if (before?.asked !== asked) return;
  useLookedStore.setState(({ looks }) => ({ looks: { ...looks, [key]: { ...before, ...change } } }));
}

/** Asks the host about every own-data node of the document in front of which it was not asked yet. */
function look(): void {
  const { document, file, recoveryId } = useDocumentStore.getState();
  if (!document || !useHostStore.getState().connected) return;
  const graphPath = file?.path ?? null;
  for (const { path, kind, params } of pickedSources(document)) {
    const key = keyOf(recoveryId, path);
    const { shuffle: _, ...deciding } = params;
    const asked = JSON.stringify([kind, deciding, graphPath]);
    const known = useLookedStore.getState().looks[key];
    if (known?.asked === asked) continue;
    const begun: LookedData = { asked, looking: true, progress: null, found: null, error: null };
    useLookedStore.setState(({ looks }) => ({ looks: { ...looks, [key]: begun } }));
    callHost('data.look', { key, kind, params, graphPath }).then(
      (found) => {
        put(key, asked, { looking: false, found });
        showFacts();
      },
      (cause) => put(key, asked, { looking: false, error: toHostError(cause) }),
    );
  }
  showFacts();
}

/** Gives shape inference what is known of the document in front. */
function showFacts(): void {
  const { document, recoveryId, facts: before } = useDocumentStore.getState();
  if (!document) return;
  const { looks } = useLookedStore.getState();
  const facts: Record<string, FactsByNode[string]> = {};
  for (const { path } of pickedSources(document)) {
    const known = looks[keyOf(recoveryId, path)];
    // Until a new look has ended the old facts stand, so that nothing flickers.
    const current = known?.found?.facts ?? (known?.looking ? before[path] : undefined);
    if (current) facts[path] = current;
  }
  const paths = Object.keys(facts);
  const same =
    paths.length === Object.keys(before).length && paths.every((path) => facts[path] === before[path]);
  if (!same) setFacts(facts);
}

/** Looks once more, e.g. after the file was picked or changed. */
export function lookAgain(): void {
  const { recoveryId } = useDocumentStore.getState();
  useLookedStore.setState(({ looks }) => ({
    looks: Object.fromEntries(Object.entries(looks).filter(([key]) => !key.startsWith(`${recoveryId}/`))),
  }));
  look();
}

export function stopLooking(path: string): void {
  const key = keyOf(useDocumentStore.getState().recoveryId, path);
  void callHost('data.stopLooking', { key }).catch(() => undefined);
}

/** Keeps looking at own data as documents change and come to the front. */
export function attachLookedData(connection: HostConnection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS);
  };
  const offDocument = useDocumentStore.subscribe((state, before) => {
    if (state.document !== before.document || state.file !== before.file) later();
  });
  const offHost = useHostStore.subscribe(({ connected }, before) => {
    if (connected && !before.connected) later();
  });
  const offEvents = connection.subscribe((event) => {
    if (event.type !== 'data') return;
    const known = useLookedStore.getState().looks[event.key];
    if (known?.looking) put(event.key, known.asked, { progress: event.done / Math.max(1, event.total) });
  });
  later();
  return () => {
    clearTimeout(timer);
    offDocument();
    offHost();
    offEvents();
  };
}
