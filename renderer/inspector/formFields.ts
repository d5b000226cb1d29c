import { z } from 'zod';
import { isWhole, unwrapSchema } from '#shared/nodes/paramSchema.ts';

/** What an input for one parameter needs to know, read off the parameter's zod schema. */
export type FormField = { readonly key: string; readonly defaultValue: unknown } & (
  | NumberControl
  | { readonly control: 'switch' }
  | { readonly control: 'choice'; readonly options: readonly string[] }
  | { readonly control: 'pair'; readonly items: readonly NumberControl[] }
  | { readonly control: 'text' }
  /** The path of a file or folder that a person picks. */
  | { readonly control: 'path'; readonly picks: 'file' | 'folder' }
  /** Several, written with commas between them. `per`: one for each of these. */
  | { readonly control: 'numbers'; readonly item: NumberControl; readonly per?: 'class' }
  /** `spaced`: a word may have spaces in it, and only commas stand between them. `nodes`: they are ids of nodes. */
  | { readonly control: 'words'; readonly spaced?: true; readonly nodes: boolean }
  | { readonly control: 'json' }
);

export interface NumberControl {
  readonly control: 'number';
  readonly integer: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number | undefined;
  /** Steps multiply: for learning rates and the like. */
  readonly logarithmic: boolean;
  readonly unit: string | undefined;
}

const metaSchema = z.object({
  step: z.number().optional(),
  scale: z.enum(['log', 'linear']).optional(),
  unit: z.string().optional(),
  items: z.enum(['nodes']).optional(),
  per: z.enum(['class']).optional(),
});

const picksOf = (meta: unknown): 'file' | 'folder' | undefined =>
  z.object({ picks: z.enum(['file', 'folder']) }).safeParse(meta).data?.picks;

const isSpaced = (meta: unknown): boolean => z.object({ separator: z.literal(',') }).safeParse(meta).success;

/** Limits that only say "a safe integer" are no limits to show. */
const limit = (value: number | null | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER
    ? value
    : undefined;

function numberControl(schema: z.ZodNumber, meta: unknown): NumberControl {
  const { step, scale, unit } = metaSchema.safeParse(meta ?? {}).data ?? {};
  return {
    control: 'number',
    integer: isWhole(schema),
    min: limit(schema.minValue),
    max: limit(schema.maxValue),
    step,
    logarithmic: scale === 'log',
    unit,
  };
}

/** The inputs of a form, in the schema's order. A type without a control of its own is edited as JSON text. */
export function formFields(params: z.ZodObject): readonly FormField[] {
  const defaults = params.safeParse({});
  const defaultsByKey = (defaults.success ? defaults.data : {}) as Record<string, unknown>;
  return Object.entries(params.shape).map(([key, schema]): FormField => {
    const { inner, meta } = unwrapSchema(schema as z.ZodType);
    const base = { key, defaultValue: defaultsByKey[key] };
    if (inner instanceof z.ZodNumber) return { ...base, ...numberControl(inner, meta) };
    if (inner instanceof z.ZodBoolean) return { ...base, control: 'switch' };
    if (inner instanceof z.ZodEnum) return { ...base, control: 'choice', options: inner.options.map(String) };
    if (inner instanceof z.ZodTuple) {
      const items = inner.def.items.map((item) => unwrapSchema(item as z.ZodType));
      if (items.every((item) => item.inner instanceof z.ZodNumber)) {
        return {
          ...base,
          control: 'pair',
          items: items.map((item) => numberControl(item.inner as z.ZodNumber, item.meta ?? meta)),
        };
      }
    }
    if (inner instanceof z.ZodString) {
      const picks = picksOf(meta);
      return picks ? { ...base, control: 'path', picks } : { ...base, control: 'text' };
    }
    if (inner instanceof z.ZodArray) {
      const item = unwrapSchema(inner.element as z.ZodType);
      if (item.inner instanceof z.ZodNumber) {
        const { per } = metaSchema.safeParse(meta ?? {}).data ?? {};
        const control = numberControl(item.inner, item.meta ?? meta);
        return { ...base, control: 'numbers', item: control, ...(per && { per }) };
      }
      if (item.inner instanceof z.ZodString) {
        const nodes = metaSchema.safeParse(meta ?? {}).data?.items === 'nodes';
        return { ...base, control: 'words', nodes, ...(isSpaced(meta) && { spaced: true }) };
      }
    }
    return { ...base, control: 'json' };
  });
}

const shapeOf = ({ defaultValue: _, ...field }: FormField): string => JSON.stringify(field);

/** The inputs that several nodes have in common, as the first of them has them. */
export function commonFields(all: readonly (readonly FormField[])[]): readonly FormField[] {
  const [first = [], ...others] = all;
  return first.filter((field) =>
    others.every((fields) => fields.some((other) => shapeOf(other) === shapeOf(field))),
  );
}
