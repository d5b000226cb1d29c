import { z } from 'zod';
import { runtimeIdSchema } from '#shared/protocol/run.ts';
import type { AtomicWriteOptions } from './atomicWrite.ts';
import { createJsonStore, type JsonStore } from './jsonStore.ts';

const windowStateSchema = z.looseObject({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(320).max(32_768),
  height: z.int().min(240).max(32_768),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** Choices of the host itself; those of the window (theme, panels) live in the window. */
export const settingsSchema = z.looseObject({
  /** Rung of the ladder asked for; null picks the best that works. */
  runtime: runtimeIdSchema.nullable().default(null),
  /** Real paths of the data that a person picked: only these are read, whatever a graph names. */
  dataFiles: z.array(z.string()).default([]),
  window: windowStateSchema.nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

export function createSettings(path: string, writeOptions: AtomicWriteOptions = {}): JsonStore<Settings> {
  return createJsonStore(path, settingsSchema, writeOptions);
}
