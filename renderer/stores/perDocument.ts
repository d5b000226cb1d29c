import type { StoreApi } from 'zustand';

/** Names a part of the state that belongs to one open document. */
export interface DocumentPart<T extends object> {
  /** What the part is of a document just opened. */
  readonly fresh: T;
  take(): T;
  put(value: T): void;
}

/** The parts of a document that is open behind another one. */
export type ParkedParts = ReadonlyMap<DocumentPart<never>, object>;

const parts: DocumentPart<never>[] = [];

/**
 * Makes fields of a store belong to the document in front: they are put away when another document comes
 * to the front, and come back with theirs. `fresh` says which fields, and what they are at first.
 */
export function keepPerDocument<S extends T, T extends object>(
  store: StoreApi<S>,
  fresh: T,
): DocumentPart<T> {
  const keys = Object.keys(fresh) as (keyof T)[];
  const part: DocumentPart<T> = {
    fresh,
    take() {
      const state = store.getState();
      return Object.fromEntries(keys.map((key) => [key, state[key]])) as T;
    },
    put: (value) => store.setState(value as unknown as Partial<S>),
  };
  parts.push(part as unknown as DocumentPart<never>);
  return part;
}

/** Everything that belongs to the document in front. */
export function takeParts(): ParkedParts {
  return new Map(parts.map((part) => [part, part.take()]));
}

/** Gives the window what belongs to another document; nothing gives it a fresh start. */
export function putParts(parked: ParkedParts | undefined): void {
  for (const part of parts) part.put((parked?.get(part) ?? part.fresh) as never);
}

export function partOf<T extends object>(parked: ParkedParts, part: DocumentPart<T>): T {
  return (parked.get(part as unknown as DocumentPart<never>) as T | undefined) ?? part.fresh;
}

/** The same parts with one of them changed. */
export function withPart<T extends object>(
  parked: ParkedParts,
  part: DocumentPart<T>,
  patch: Partial<T>,
): ParkedParts {
  return new Map(parked).set(part as unknown as DocumentPart<never>, { ...partOf(parked, part), ...patch });
}
