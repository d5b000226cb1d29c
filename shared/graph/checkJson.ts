import type { JsonValue } from '../protocol/json.ts';
import type { JsonPath } from './jsonText.ts';
import { MAX_JSON_DEPTH } from './jsonText.ts';

/** What makes parsed JSON unfit to be looked at closer, and where it is. */
export interface UnfitJson {
  readonly reason: 'depth' | 'key';
  readonly path: JsonPath;
}

/** Would change what an object is when it is copied key by key. */
const FORBIDDEN_KEY = '__proto__';

interface Place {
  readonly value: object;
  readonly parent: Place | null;
  readonly key: string | number;
  readonly depth: number;
}

function pathTo(place: Place): JsonPath {
  const path: (string | number)[] = [];
  for (let at = place; at.parent !== null; at = at.parent) path.unshift(at.key);
  return path;
}

/**
 * Looks for what may not go on to code that walks down a document or copies it: nesting that would exhaust
 * the stack, and keys that would change prototypes. Without recursion, so that it cannot be harmed itself.
 */
export function findUnfitJson(json: JsonValue): UnfitJson | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const open: Place[] = [{ value: json, parent: null, key: '', depth: 1 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place.depth > MAX_JSON_DEPTH) return { reason: 'depth', path: pathTo(place) };
    const isList = Array.isArray(place.value);
    for (const [key, value] of Object.entries(place.value) as [string, unknown][]) {
      if (key === FORBIDDEN_KEY) return { reason: 'key', path: [...pathTo(place), key] };
      if (typeof value === 'object' && value !== null)
        open.push({ value, parent: place, key: isList ? Number(key) : key, depth: place.depth + 1 });
    }
  }
  return undefined;
}
