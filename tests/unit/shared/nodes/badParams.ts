import { z } from 'zod';
import type { NodeDefinition, NodeExample } from '#shared/nodes/defineNode.ts';
import type { JsonObject, JsonValue } from '#shared/protocol/json.ts';

/** What JSON Schema says of a parameter, as far as wrong values follow from it. */
interface ParamSchema {
  readonly type?: string;
  readonly enum?: readonly JsonValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly prefixItems?: readonly ParamSchema[];
  readonly items?: ParamSchema;
}

type Bad = readonly [param: string, value: JsonValue, code?: 'param-out-of-range' | 'param-invalid'];

export const paramSchemas = (node: NodeDefinition): [string, ParamSchema][] =>
  Object.entries((z.toJSONSchema(node.params).properties ?? {}) as Record<string, ParamSchema>);

/** Values of another type, too large, too small, too long, of every parameter. */
export function badParams(node: NodeDefinition): readonly Bad[] {
  return paramSchemas(node).flatMap(([param, schema]): Bad[] => [
    ...[null, {}].map((value): Bad => [param, value, 'param-invalid']),
    ...wrongValues(schema).map(([value, code]): Bad => (code ? [param, value, code] : [param, value])),
  ]);
}

function wrongValues(schema: ParamSchema): readonly (readonly [JsonValue, Bad[2]?])[] {
  if (schema.enum) return [['no such choice'], [7], [true]];
  switch (schema.type) {
    case 'integer':
    case 'number': {
      const { minimum, maximum } = schema;
      if (minimum === undefined || maximum === undefined) throw new Error('a number without limits');
      return [
        ['many', 'param-invalid'],
        [[1], 'param-invalid'],
        [maximum + Math.max(1, Math.abs(maximum)), 'param-out-of-range'],
        [minimum - Math.max(1, Math.abs(minimum)), 'param-out-of-range'],
        [Number.MAX_VALUE],
        ...(schema.type === 'integer' ? [[minimum + 0.5, 'param-invalid'] as const] : []),
      ];
    }
    case 'boolean':
      return [['yes'], [1]];
    case 'string':
      return [
        [7],
        [['text']],
        ...(schema.maxLength === undefined ? [] : [['x'.repeat(schema.maxLength + 1)] as const]),
      ];
    case 'array': {
      const parts = schema.prefixItems ?? [schema.items ?? {}];
      const most = schema.prefixItems ? schema.prefixItems.length : schema.maxItems;
      const valid = parts.map(validOf);
      if (most === undefined) throw new Error('a list without a limit');
      return [
        [7],
        [Array.from({ length: most + 1 }, () => valid[0] ?? 1)],
        ...(schema.prefixItems ? [[valid.slice(1)] satisfies [JsonValue]] : []),
        ...wrongValues(parts[0] ?? {}).map(([value, code]): readonly [JsonValue, Bad[2]?] => [
          [value, ...valid.slice(1)],
          code,
        ]),
      ];
    }
    default:
      return [];
  }
}

const validOf = ({ minimum, enum: choices, type }: ParamSchema): JsonValue =>
  choices?.[0] ?? (type === 'string' ? '' : type === 'boolean' ? false : (minimum ?? 0));

/** The example's parameters with one of them as large, or as small, as it may be. */
export function* largestParams(node: NodeDefinition, { params }: NodeExample): Generator<JsonObject> {
  for (const [param, schema] of paramSchemas(node)) {
    for (const value of extremes(schema)) {
      const given = { ...params, [param]: value } as JsonObject;
      if (node.params.safeParse(given).success) yield given;
    }
  }
}

function extremes(schema: ParamSchema): readonly JsonValue[] {
  if (schema.enum) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  if (schema.type === 'array') {
    const parts =
      schema.prefixItems ?? Array.from({ length: schema.maxItems ?? 1 }, () => schema.items ?? {});
    const ends = parts.map(extremes);
    return [
      ends.map((end) => end.at(-1) ?? 1),
      ends.map((end) => end[0] ?? 1),
      ...(schema.prefixItems ? [] : [[]]),
    ];
  }
  return schema.minimum === undefined || schema.maximum === undefined ? [] : [schema.minimum, schema.maximum];
}
