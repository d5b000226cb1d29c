import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type SavedBlock, savedBlockSchema } from '#shared/protocol/blocks.ts';
import type { HostError } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import type { AtomicWriteOptions } from './atomicWrite.ts';
import { fileFailure, hostFailure } from './hostFailure.ts';
import { createJsonStore } from './jsonStore.ts';

/** Larger libraries are refused before they are written: every window reads the whole of it. */
const MAX_BLOCKS = 500;
const MAX_BYTES = 16_000_000;

const librarySchema = z.looseObject({ blocks: z.array(savedBlockSchema).default([]) });

/** Blocks that a person keeps for all graphs, in one file of the data folder. */
export interface BlockLibrary {
  list(): Promise<Result<readonly SavedBlock[], HostError>>;
  /** Keeps a block; one of the same title takes the place of the earlier one. */
  save(definitions: SavedBlock['definitions']): Promise<Result<{ id: string }, HostError>>;
  remove(id: string): Promise<Result<null, HostError>>;
}

const titleOf = ({ definitions }: Pick<SavedBlock, 'definitions'>): string =>
  definitions.at(-1)?.title ?? definitions.at(-1)?.id ?? '';

export function createBlockLibrary(path: string, writeOptions: AtomicWriteOptions = {}): BlockLibrary {
  const store = createJsonStore(path, librarySchema, writeOptions);

  async function attempt<T>(action: () => Promise<T>): Promise<Result<T, HostError>> {
    try {
      return ok(await action());
    } catch (error) {
      return fileFailure(error, path);
    }
  }

  return {
    list: () => attempt(async () => (await store.read()).blocks),
    async save(definitions) {
      const added: SavedBlock = { id: randomUUID(), savedAt: new Date().toISOString(), definitions };
      const present = await attempt(() => store.read());
      if (!present.ok) return present;
      const others = present.value.blocks.filter((block) => titleOf(block) !== titleOf(added));
      const bytes = JSON.stringify([...others, added]).length;
      if (others.length >= MAX_BLOCKS || bytes > MAX_BYTES)
        return hostFailure('block-library-full', { path });
      const saved = await attempt(() =>
        store.update((value) => ({
          ...value,
          blocks: [...value.blocks.filter((block) => titleOf(block) !== titleOf(added)), added],
        })),
      );
      return saved.ok ? ok({ id: added.id }) : saved;
    },
    async remove(id) {
      const removed = await attempt(() =>
        store.update((value) => ({ ...value, blocks: value.blocks.filter((block) => block.id !== id) })),
      );
      return removed.ok ? ok(null) : removed;
    },
  };
}
