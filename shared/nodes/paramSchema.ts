import { z } from 'zod';

/** The schema inside defaults, options and preprocessing, with the first description met on the way to it. */
export function unwrapSchema(schema: z.ZodType): { readonly inner: z.ZodType; readonly meta: unknown } {
  let inner = schema;
  let meta: unknown = inner.meta();
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodPipe
  ) {
    inner = (inner instanceof z.ZodPipe ? inner.def.out : inner.unwrap()) as z.ZodType;
    meta ??= inner.meta();
  }
  return { inner, meta };
}

export const isWhole = (schema: z.ZodNumber): boolean => schema.format?.includes('int') ?? false;

/** A parameter that is a number, or a list of them; `whole` says of each place whether it takes whole numbers only. */
export interface NumberPlaces {
  readonly list: boolean;
  whole(index: number): boolean;
}

function placesOf(schema: z.ZodType): NumberPlaces | undefined {
  const { inner } = unwrapSchema(schema);
  if (inner instanceof z.ZodNumber) {
    const whole = isWhole(inner);
    return { list: false, whole: () => whole };
  }
  if (inner instanceof z.ZodTuple) {
    const items = inner.def.items.map((item) => unwrapSchema(item as z.ZodType).inner);
    if (!items.every((item) => item instanceof z.ZodNumber)) return undefined;
    const wholes = items.map(isWhole);
    return { list: true, whole: (index) => wholes[index] ?? false };
  }
  if (inner instanceof z.ZodArray) {
    const { inner: item } = unwrapSchema(inner.element as z.ZodType);
    if (!(item instanceof z.ZodNumber)) return undefined;
    const whole = isWhole(item);
    return { list: true, whole: () => whole };
  }
  return undefined;
}

const known = new WeakMap<z.ZodObject, ReadonlyMap<string, NumberPlaces>>();

/** The parameters of a schema that take numbers: where an expression may stand. */
export function numberPlaces(params: z.ZodObject): ReadonlyMap<string, NumberPlaces> {
  const found = known.get(params);
  if (found) return found;
  const places = new Map<string, NumberPlaces>();
  for (const [key, schema] of Object.entries(params.shape)) {
    const place = placesOf(schema as z.ZodType);
    if (place) places.set(key, place);
  }
  known.set(params, places);
  return places;
}
