import { open, rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hashFile } from './hashFile.ts';
import { PackFailure } from './packFailure.ts';

export interface Download {
  readonly url: string;
  /** Pinned size and SHA-256 of what is expected. */
  readonly bytes: number;
  readonly sha256: string;
  /** The file as it is called when it is whole; until then it has `.part` at its end. */
  readonly target: string;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Bytes of the file that are here, those of an earlier try included. */
  onProgress(done: number): void;
  /** Longest time without a single byte before a try is given up, ms. */
  readonly stallMs?: number;
  /** Tries in a row that bring nothing new, before the download is given up. */
  readonly tries?: number;
  /** Pause before another try, ms. */
  readonly pauseMs?: number;
}

/**
 * Downloads a pinned file. A connection that breaks or stands still is taken up again where it broke
 * (HTTP Range), in this call and, from the `.part` file, in a later one. What does not have the pinned
 * size and hash is deleted. Throws PackFailure, or AbortError when cancelled.
 */
export async function downloadFile(
  download: Download,
  { signal, onProgress, stallMs = 60_000, tries = 4, pauseMs = 1000 }: DownloadOptions,
): Promise<void> {
  const part = `${download.target}.part`;
  if ((await sizeOf(part)) > download.bytes) await rm(part);
  for (let fruitless = 0; (await sizeOf(part)) < download.bytes; ) {
    signal.throwIfAborted();
    const before = await sizeOf(part);
    const trouble = await tryOnce(download, { part, from: before, signal, onProgress, stallMs });
    if (trouble === null) continue;
    fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
    if (fruitless >= tries) throw trouble;
    await pause(pauseMs, undefined, { signal });
  }
  if ((await hashFile(part, { signal })) !== download.sha256) {
    await rm(part);
    throw new PackFailure('download-changed', { url: download.url });
  }
  await rename(part, download.target);
}

interface Try {
  readonly part: string;
  readonly from: number;
  readonly signal: AbortSignal;
  readonly stallMs: number;
  onProgress(done: number): void;
}

/** One connection. Null where it brought what was left; a failure that another try may overcome. */
async function tryOnce(download: Download, attempt: Try): Promise<PackFailure | null> {
  const { part, from, signal, stallMs, onProgress } = attempt;
  const { url, bytes } = download;
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(), stallMs);
  const either = AbortSignal.any([signal, stalled.signal]);
  try {
    const response = await fetch(url, {
      signal: either,
      headers: { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) },
    });
    // 416: what is here does not fit what is there; begun anew.
    if (response.status === 416) {
      await rm(part, { force: true });
      return new PackFailure('download-refused', { url, status: response.status });
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      const refused = new PackFailure('download-refused', { url, status: response.status });
      // Too many requests, or the server's own trouble: worth another try.
      if (response.status === 429 || response.status >= 500) return refused;
      throw refused;
    }
    const start = response.status === 206 ? rangeStart(response.headers.get('content-range')) : 0;
    if (start !== 0 && start !== from) throw new PackFailure('download-changed', { url });
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    if (Number.isFinite(length) && start + length > bytes) {
      await response.body.cancel();
      throw new PackFailure('download-changed', { url });
    }
    let done = start;
    // Written part by part: what was told to have come is on the disk, however this ends.
    const file = await open(part, start === 0 ? 'w' : 'a');
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        watch.refresh();
        done += chunk.byteLength;
        if (done > bytes) throw new PackFailure('download-changed', { url });
        await file.writeFile(chunk);
        onProgress(done);
      }
    } finally {
      await file.close();
    }
    return done < bytes ? new PackFailure('download-broken', { url, detail: 'none' }) : null;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PackFailure) {
      await rm(part, { force: true });
      throw error;
    }
    if (stalled.signal.aborted) {
      return new PackFailure('download-stalled', {
        file: basename(part, '.part'),
        seconds: Math.round(stallMs / 1000),
      });
    }
    if (isDiskError(error)) throw error;
    return new PackFailure('download-broken', { url, detail: causeOf(error) });
  } finally {
    clearTimeout(watch);
  }
}

/** `bytes 100-199/200` → 100; NaN where it is something else. */
const rangeStart = (header: string | null): number =>
  Number(/^bytes (\d+)-/.exec(header ?? '')?.[1] ?? Number.NaN);

const sizeOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const diskErrors = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT']);
const isDiskError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && 'syscall' in error && diskErrors.has(String(error.code));

/** What fetch says is "fetch failed"; the reason is inside. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || 'none' : String(cause);
}
