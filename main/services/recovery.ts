import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import type { HostError, Recovery } from '#shared/protocol/host.ts';
import { ok, type Result } from '#shared/protocol/problem.ts';
import { type AtomicWriteOptions, atomicWrite } from './atomicWrite.ts';
import { errorCode, fileFailure } from './hostFailure.ts';
import { makeFolder } from './makeFolder.ts';
import { isProcessAlive } from './processAlive.ts';

const EXTENSION = '.recovery';

/** First line of a copy. Without it, or where it does not match the rest, the copy is not believed. */
const preambleSchema = z.looseObject({
  format: z.literal('neuroloom-recovery'),
  originalPath: z.string().nullable(),
  /** Of the original when the copy was made; null where there was none. */
  originalModifiedAt: z.string().nullable(),
  originalSize: z.int().nullable(),
  savedAt: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** The app in which the work goes on; while it runs, nobody else restores or discards the copy. */
  pid: z.int().optional(),
});

export interface RecoveryCopy {
  readonly id: string;
  readonly originalPath: string | null;
  readonly document: GraphDocument;
}

/** Copies of unsaved work, outside the user's folders. Only `discard` deletes one. */
export interface RecoveryCopies {
  list(): Promise<Result<Recovery[], HostError>>;
  save(copy: RecoveryCopy): Promise<Result<null, HostError>>;
  discard(id: string): Promise<Result<null, HostError>>;
}

export function createRecoveryCopies(folder: string, writeOptions: AtomicWriteOptions = {}): RecoveryCopies {
  const pathOf = (id: string): string => join(folder, `${id}${EXTENSION}`);
  return {
    async list() {
      try {
        const names = (await readdir(folder)).filter((name) => name.endsWith(EXTENSION));
        const copies = await Promise.all(
          names.map((name) => readCopy(join(folder, name), name.slice(0, -EXTENSION.length))),
        );
        return ok(
          copies
            .filter((copy) => copy !== null)
            .sort((a, b) => b.savedAt.localeCompare(a.savedAt) || a.id.localeCompare(b.id)),
        );
      } catch (error) {
        return errorCode(error) === 'ENOENT' ? ok([]) : fileFailure(error, folder);
      }
    },
    async save({ id, originalPath, document }) {
      const body = Buffer.from(`${JSON.stringify(document)}\n`, 'utf8');
      const original = originalPath === null ? null : await fingerprint(originalPath);
      const preamble: z.infer<typeof preambleSchema> = {
        format: 'neuroloom-recovery',
        originalPath,
        originalModifiedAt: original?.modifiedAt ?? null,
        originalSize: original?.size ?? null,
        savedAt: new Date().toISOString(),
        bytes: body.byteLength,
        sha256: sha256(body),
        pid: process.pid,
      };
      try {
        await makeFolder(folder);
        const content = Buffer.concat([Buffer.from(`${JSON.stringify(preamble)}\n`, 'utf8'), body]);
        await atomicWrite(pathOf(id), content, { ...writeOptions, mode: 0o600 });
        return ok(null);
      } catch (error) {
        return fileFailure(error, pathOf(id));
      }
    },
    async discard(id) {
      try {
        await rm(pathOf(id), { force: true });
        return ok(null);
      } catch (error) {
        return fileFailure(error, pathOf(id));
      }
    },
  };
}

/** Null for a copy that is not whole, that a newer app wrote, or whose app still runs; it stays on disk. */
async function readCopy(path: string, id: string): Promise<Recovery | null> {
  const content = await readFile(path);
  const lineEnd = content.indexOf(0x0a);
  const preamble = preambleSchema.safeParse(parseJson(content.subarray(0, lineEnd + 1)));
  if (!preamble.success) return null;
  const body = content.subarray(lineEnd + 1);
  const {
    originalPath,
    originalModifiedAt,
    originalSize,
    savedAt,
    bytes,
    sha256: expected,
    pid,
  } = preamble.data;
  if (pid !== process.pid && isProcessAlive(pid, savedAt)) return null;
  if (body.byteLength !== bytes || sha256(body) !== expected) return null;
  const document = graphDocumentSchema.safeParse(parseJson(body));
  if (!document.success) return null;
  const original = originalPath === null ? null : await fingerprint(originalPath);
  return {
    id,
    originalPath,
    savedAt,
    // A vanished original leaves the copy as the only one there is.
    newerThanOriginal:
      original === null || (original.modifiedAt === originalModifiedAt && original.size === originalSize),
    document: document.data,
  };
}

async function fingerprint(path: string): Promise<{ modifiedAt: string; size: number } | null> {
  try {
    const { mtime, size } = await stat(path);
    return { modifiedAt: mtime.toISOString(), size };
  } catch {
    return null;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
