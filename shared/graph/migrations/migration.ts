import type { JsonObject, JsonValue } from '../../protocol/json.ts';

/**
 * One step between two versions of the saved form: JSON to JSON, never types of today. It is given
 * what a file of version `from` may hold, right or wrong, and leaves to the schema what is wrong.
 * `version` itself is counted up by the caller.
 */
export interface Migration {
  readonly from: number;
  migrate(document: JsonObject): JsonObject;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
