import type { JsonObject } from '../../protocol/json.ts';
import { writtenOutWires } from './2026-11-23-written-out-wires.ts';
import type { Migration } from './migration.ts';

/** Every migration, oldest first: the entry at index n brings version n to n + 1. */
export const migrations: readonly Migration[] = [writtenOutWires];

/** Brings JSON of an older version up to the newest. */
export function migrate(document: JsonObject, version: number): JsonObject {
  return migrations
    .filter(({ from }) => from >= version)
    .reduce<JsonObject>((json, step) => ({ ...step.migrate(json), version: step.from + 1 }), document);
}
