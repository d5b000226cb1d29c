import { parseExpression } from '../expressions/parseExpression.ts';
import { type NumberPlaces, numberPlaces } from '../nodes/paramSchema.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { JsonObject, JsonValue } from '../protocol/json.ts';
import { BLOCK_KIND, blockParamsSchema, type NodeInstance } from './document.ts';

type ParsedExpression = ReturnType<typeof parseExpression>;

/** An expression in place of a number. */
export interface ParamExpression {
  readonly param: string;
  /** Place in the parameter's list; undefined where the parameter itself is the number. */
  readonly index: number | undefined;
  /** As it is stored, with `=` before it. */
  readonly text: string;
  readonly parsed: ParsedExpression;
  /** A whole number is wanted. */
  readonly whole: boolean;
  /** An instance of a block hands it on to a node inside, whose kind says what is wanted. */
  readonly handedOn: boolean;
}

/** Longer ones are refused rather than read. */
export const MAX_EXPRESSION = 1000;

export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

/** Reads the text after its `=`; places in it are counted from the `=`. */
export function readExpression(text: string): ParsedExpression {
  if (text.length > MAX_EXPRESSION) return { error: { reason: 'length', at: 0, found: text.slice(0, 20) } };
  // A space in place of `=`, so that places stay the same.
  return parseExpression(` ${text.slice(1)}`);
}

const anyNumbers = (list: boolean): NumberPlaces => ({ list, whole: () => false });

/** Of an instance of a block every parameter counts: what it sets of the nodes inside is known to their kinds alone. */
function placesOf({
  kind,
  params,
}: Pick<NodeInstance, 'kind' | 'params'>): ReadonlyMap<string, NumberPlaces> | undefined {
  if (kind === BLOCK_KIND) {
    const own = numberPlaces(blockParamsSchema);
    return new Map(
      Object.entries(params).map(([param, value]) => [
        param,
        own.get(param) ?? anyNumbers(Array.isArray(value)),
      ]),
    );
  }
  const definition = findNodeDefinition(kind);
  return definition && numberPlaces(definition.params);
}

interface CacheEntry {
  readonly kind: string;
  readonly found: readonly ParamExpression[];
}
const cache = new WeakMap<JsonObject, CacheEntry>();
const none: readonly ParamExpression[] = [];

/** Every expression among the parameters of a node. A text elsewhere that begins with `=` is no expression. */
export function expressionsIn(node: Pick<NodeInstance, 'kind' | 'params'>): readonly ParamExpression[] {
  const { kind, params } = node;
  const entry = cache.get(params);
  if (entry?.kind === kind) return entry.found;
  const found: ParamExpression[] = [];
  for (const [param, places] of placesOf(node) ?? []) {
    const value = Object.hasOwn(params, param) ? params[param] : undefined;
    const values: readonly (JsonValue | undefined)[] = places.list && Array.isArray(value) ? value : [value];
    const handedOn = kind === BLOCK_KIND && !Object.hasOwn(blockParamsSchema.shape, param);
    values.forEach((text, index) => {
      if (!isExpression(text)) return;
      const place = places.list && Array.isArray(value) ? index : undefined;
      if (places.list && place === undefined) return;
      found.push({
        param,
        index: place,
        text,
        parsed: readExpression(text),
        whole: places.whole(index),
        handedOn,
      });
    });
  }
  const result = found.length === 0 ? none : found;
  cache.set(params, { kind, found: result });
  return result;
}

/** The parameters with the value at an expression's place replaced. */
export function replaceExpression(
  params: JsonObject,
  { param, index }: Pick<ParamExpression, 'param' | 'index'>,
  value: JsonValue,
): JsonObject {
  if (index === undefined) return { ...params, [param]: value };
  const list = params[param];
  return { ...params, [param]: Array.isArray(list) ? list.with(index, value) : value };
}
