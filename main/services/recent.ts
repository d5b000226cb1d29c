import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';
import type { RecentFile } from '#shared/protocol/host.ts';
import type { AtomicWriteOptions } from './atomicWrite.ts';
import { createJsonStore } from './jsonStore.ts';

const RECENT_LIMIT = 20;

const recentSchema = z.looseObject({
  files: z
    .array(
      z.looseObject({
        path: z.string(),
        openedAt: z.string(),
        runId: z.string().optional().catch(undefined),
      }),
    )
    .default([]),
});

/** The files last opened or saved, newest first. */
export interface RecentFiles {
  list(): Promise<RecentFile[]>;
  /** Puts a file first, with the run that is shown with it where one is. */
  add(path: string, runId?: string): Promise<void>;
  /** Remembers the newest run of a file of the list. */
  noteRun(path: string, runId: string): Promise<void>;
  forget(path: string): Promise<void>;
}

export function createRecentFiles(path: string, writeOptions: AtomicWriteOptions = {}): RecentFiles {
  const store = createJsonStore(path, recentSchema, writeOptions);
  return {
    async list() {
      const { files } = await store.read();
      return Promise.all(
        files.map(async ({ path, openedAt, runId }) => ({
          path,
          openedAt,
          ...(runId !== undefined && { runId }),
          ...(await nameAndPresence(path)),
        })),
      );
    },
    async add(added, runId) {
      await store.update((value) => {
        const known = value.files.find((file) => file.path === added);
        const file = { ...known, path: added, openedAt: new Date().toISOString() };
        return {
          ...value,
          files: [
            runId === undefined ? file : { ...file, runId },
            ...value.files.filter((other) => other !== known),
          ].slice(0, RECENT_LIMIT),
        };
      });
    },
    async noteRun(path, runId) {
      await store.update((value) => ({
        ...value,
        files: value.files.map((file) => (file.path === path ? { ...file, runId } : file)),
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
