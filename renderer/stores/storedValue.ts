import type { z } from 'zod';

/** Reads a value that this window keeps; the fallback where it is absent, broken or storage is refused. */
export function readStored<T>(storage: () => Storage, key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    const text = storage().getItem(key);
    if (text === null) return fallback;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : fallback;
  } catch {
    return fallback;
  }
}

/** False where storage is full or refused: what is kept here is a convenience, never the only copy. */
export function writeStored(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
