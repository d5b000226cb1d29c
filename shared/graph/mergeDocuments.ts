import type { JsonObject, JsonValue } from '../protocol/json.ts';
import type { GraphDocument } from './document.ts';

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

type Value = JsonValue | undefined;
type Fields = JsonObject;

const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function same(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  const [first, second] = [a as Fields, b as Fields];
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(first[key], second[key]))
  );
}

/** By what the entries of a list are known on every side; undefined for lists that are one value. */
function identityOf(list: string): ((entry: Fields) => string) | undefined {
  const id = (entry: Fields): string => String(entry.id);
  const end = (value: Value): string => (isFields(value) ? `${value.node}.${value.port}` : '');
  if (['nodes', 'blocks', 'frames', 'inputs', 'outputs'].includes(list)) return id;
  if (list === 'edges') return (edge) => `${end(edge.from)}>${end(edge.to)}`;
  if (list === 'variables') return (variable) => String(variable.name);
  return undefined;
}

/** Whether each entry has a name of its own: parameters may have lists of their own under such keys. */
function isKeyed(list: readonly JsonValue[], identity: (entry: Fields) => string): boolean {
  const names = new Set(list.filter(isFields).map(identity));
  return names.size === list.length && !names.has('undefined');
}

/** Where a thing is drawn is nobody's work to lose: our place is taken and no conflict made of it. */
const layout: ReadonlySet<string> = new Set(['position', 'size']);

class Merger {
  readonly conflicts: MergeConflict[] = [];

  value(path: string, key: string, base: Value, ours: Value, theirs: Value): Value {
    if (same(ours, theirs) || same(theirs, base)) return ours;
    if (same(ours, base)) return theirs;
    if (layout.has(key)) return ours ?? theirs;
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
      if (isFields(left) && isFields(base) && same(withoutLayout(left), withoutLayout(base)))
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

function withoutLayout(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !layout.has(key)));
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
