import type { JsonObject, JsonValue } from '../protocol/json.ts';

/** A part of a document as merging and comparing see it; undefined where a side has none. */
export type Value = JsonValue | undefined;

export const isFields = (value: Value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two parts say the same, whatever the order of their keys. */
export function sameValue(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  const [first, second] = [a as JsonObject, b as JsonObject];
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(first[key], second[key]))
  );
}

type Identity = (entry: JsonObject) => string;

const lists: ReadonlySet<string> = new Set([
  'nodes',
  'blocks',
  'frames',
  'notes',
  'inputs',
  'outputs',
  'params',
]);

/** By what the entries of a list are known on every side; undefined for lists that are one value. */
export function identityOf(list: string): Identity | undefined {
  const end = (value: Value): string => (isFields(value) ? `${value.node}.${value.port}` : '');
  if (lists.has(list)) return (entry) => String(entry.id);
  if (list === 'edges') return (edge) => `${end(edge.from)}>${end(edge.to)}`;
  if (list === 'variables') return (variable) => String(variable.name);
  return undefined;
}

/** Whether each entry has a name of its own: parameters may have lists of their own under such keys. */
export function isKeyed(list: readonly JsonValue[], identity: Identity): boolean {
  const names = new Set(list.filter(isFields).map(identity));
  return names.size === list.length && !names.has('undefined');
}

/** Where a thing is drawn. It is nobody's work to lose, and changes nothing of what a network is. */
export const layoutKeys: ReadonlySet<string> = new Set(['position', 'size', 'via', 'inputsAt', 'outputsAt']);

export function withoutLayout(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !layoutKeys.has(key)));
}
