import { readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { type AtomicWriteOptions, atomicWrite } from './atomicWrite.ts';
import { errorCode } from './hostFailure.ts';
import { makeFolder } from './makeFolder.ts';

/** A small JSON file of the app's own, written as a whole. */
export interface JsonStore<T> {
  /** As last read or written by this process. */
  get(): Promise<T>;
  /** As on disk now, where another app may have written. */
  read(): Promise<T>;
  /** Updates are applied one after the other; rejects where the file cannot be written. */
  update(change: (value: T) => T): Promise<T>;
}

/**
 * `schema` must turn `{}` into the defaults and keep unknown keys, so that an older app does not
 * destroy what a newer one wrote. A file that does not parse is set aside under another name, never
 * overwritten.
 */
export function createJsonStore<S extends z.ZodType>(
  path: string,
  schema: S,
  writeOptions: AtomicWriteOptions = {},
): JsonStore<z.output<S>> {
  let value: Promise<z.output<S>> | null = null;

  async function load(): Promise<z.output<S>> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return schema.parse({});
      throw error;
    }
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    await rename(path, setAsideName(path));
    return schema.parse({});
  }

  return {
    get() {
      value ??= load().catch((error: unknown) => {
        value = null;
        throw error;
      });
      return value;
    },
    read() {
      // After the updates under way, so that a caller finds what it has just written.
      value = (value ?? Promise.resolve()).catch(() => undefined).then(load);
      value.catch(() => undefined);
      return value;
    },
    update(change) {
      const before = value ?? Promise.resolve();
      const after = before
        .catch(() => undefined)
        .then(async () => {
          // Read anew: another window's process may have written since.
          const next = schema.parse(change(await load()));
          await makeFolder(dirname(path));
          await atomicWrite(path, `${JSON.stringify(next, null, 2)}\n`, writeOptions);
          return next;
        });
      // A failed write leaves the value as it was, on disk and here.
      value = after.catch(() => load());
      value.catch(() => undefined);
      return after;
    },
  };
}

/** Undefined, which no schema here accepts, where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const setAsideName = (path: string): string =>
  `${path.replace(/\.json$/, '')}.corrupt-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`;
