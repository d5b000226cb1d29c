import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';
import type { RecentFile } from '#shared/protocol/host.ts';
import type { AtomicWriteOptions } from './atomicWrite.ts';
import { createJsonStore } from './jsonStore.ts';

const RECENT_LIMIT = 20;

const recentSchema = z.looseObject({
  files: z.array(z.looseObject({ path: z.string(), openedAt: z.string() })).default([]),
});

/** The files last opened or saved, newest first. */
export interface RecentFiles {
  list(): Promise<RecentFile[]>;
  add(path: string): Promise<void>;
  forget(path: string): Promise<void>;
}

export function createRecentFiles(path: string, writeOptions: AtomicWriteOptions = {}): RecentFiles {
  const store = createJsonStore(path, recentSchema, writeOptions);
  return {
    async list() {
      const { files } = await store.read();
      return Promise.all(files.map(async (file) => ({ ...file, ...(await nameAndPresence(file.path)) })));
    },
    async add(added) {
      await store.update((value) => ({
        ...value,
        files: [
          { path: added, openedAt: new Date().toISOString() },
          ...value.files.filter((file) => file.path !== added),
        ].slice(0, RECENT_LIMIT),
      }));
    },
    async forget(forgotten) {
      await store.update((value) => ({
        ...value,
        files: value.files.filter((file) => file.path !== forgotten),
      }));
    },
  };
}

async function nameAndPresence(path: string): Promise<{ name: string; exists: boolean }> {
  const name = basename(path);
  const exists = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  return {
    name: name.endsWith(DOCUMENT_EXTENSION) ? name.slice(0, -DOCUMENT_EXTENSION.length) : name,
    exists,
  };
}
