import type { JsonObject, JsonValue } from '../protocol/json.ts';
import type { GraphDocument } from './document.ts';
import {
  identityOf,
  isFields,
  isKeyed,
  layoutKeys,
  sameValue,
  type Value,
  withoutLayout,
} from './documentParts.ts';

/** A place that both sides changed in different ways; `path` names it with the ids of what it lies in. */
export interface MergeConflict {
  readonly path: string;
  readonly base: JsonValue | undefined;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

export interface MergedDocument {
  /** With our side wherever both changed the same. */
  readonly document: GraphDocument;
  readonly conflicts: readonly MergeConflict[];
}

type Fields = JsonObject;

class Merger {
  readonly conflicts: MergeConflict[] = [];

  value(path: string, key: string, base: Value, ours: Value, theirs: Value): Value {
    if (sameValue(ours, theirs) || sameValue(theirs, base)) return ours;
    if (sameValue(ours, base)) return theirs;
    // No conflict is made of places: ours is taken.
    if (layoutKeys.has(key)) return ours ?? theirs;
    const identity = identityOf(key);
    if (identity && Array.isArray(ours) && Array.isArray(theirs)) {
      const before = Array.isArray(base) ? base : [];
      if ([before, ours, theirs].every((list) => isKeyed(list, identity)))
        return this.list(path, before, ours, theirs, identity);
    }
    if (isFields(ours) && isFields(theirs))
      return this.fields(path, isFields(base) ? base : {}, ours, theirs);
    // One side removed what the other one changed: where that is only its place, it goes.
    if (ours === undefined || theirs === undefined) {
      const left = ours ?? theirs;
      if (isFields(left) && isFields(base) && sameValue(withoutLayout(left), withoutLayout(base)))
        return undefined;
      this.conflicts.push({ path, base, ours, theirs });
      // What was changed is kept, so that nothing is lost unseen.
      return left;
    }
    this.conflicts.push({ path, base, ours, theirs });
    return ours;
  }

  fields(path: string, base: Fields, ours: Fields, theirs: Fields): Value {
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    const merged: Record<string, JsonValue> = {};
    for (const key of keys) {
      const inner = path === '' ? key : `${path}.${key}`;
      const value = this.value(inner, key, base[key], ours[key], theirs[key]);
      if (value !== undefined) merged[key] = value;
    }
    return merged;
  }

  /** Entries in our order; theirs that are new stand behind the one that they stand behind on their side. */
  private list(
    path: string,
    base: readonly JsonValue[],
    ours: readonly JsonValue[],
    theirs: readonly JsonValue[],
    identity: (entry: Fields) => string,
  ): JsonValue[] {
    const index = (list: readonly JsonValue[]): Map<string, Fields> =>
      new Map(list.filter(isFields).map((entry) => [identity(entry), entry]));
    const [known, mine, other] = [index(base), index(ours), index(theirs)];
    const order = [...mine.keys()];
    let before: string | undefined;
    for (const id of other.keys()) {
      if (!mine.has(id)) order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
      before = id;
    }
    return order.flatMap((id) => {
      const name = `${path}[${id}]`;
      const value = this.value(name, '', known.get(id), mine.get(id), other.get(id));
      return value === undefined ? [] : [value];
    });
  }
}

/** Wires to nodes that are not there any more go with them, unless they were so before. */
function withoutLooseWires(document: GraphDocument, sides: readonly GraphDocument[]): GraphDocument {
  const ids = new Set(document.nodes.map(({ id }) => id));
  const had = new Set(sides.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const gone = (id: string): boolean => !ids.has(id) && had.has(id);
  return { ...document, edges: document.edges.filter(({ from, to }) => !gone(from.node) && !gone(to.node)) };
}

/**
 * Three-way merge by ids: nodes, parameters, wires, blocks, variables and settings are joined one by one.
 * Only where both sides changed the same thing in different ways there is a conflict, and our side is taken.
 */
export function mergeDocuments(
  base: GraphDocument,
  ours: GraphDocument,
  theirs: GraphDocument,
): MergedDocument {
  const merger = new Merger();
  const [b, o, t] = [base, ours, theirs] as unknown as [Fields, Fields, Fields];
  const merged = merger.fields('', b, o, t) as unknown as GraphDocument;
  return { document: withoutLooseWires(merged, [ours, theirs]), conflicts: merger.conflicts };
}
