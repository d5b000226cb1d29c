import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DownloadOptions, downloadFile } from '#main/services/runtimes/downloadFile.ts';
import { rangeOf, sendFrom, serve, sha256 } from './packFixture.ts';

const file = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
let folder: string;
let target: string;
let close: (() => Promise<void>) | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-download-'));
  target = join(folder, 'pack.tar.gz');
});
afterEach(async () => {
  await close?.();
  close = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function download(
  handler: Parameters<typeof serve>[0],
  options: Partial<DownloadOptions> = {},
): Promise<number[]> {
  const server = await serve(handler);
  close = server.close;
  const seen: number[] = [];
  await downloadFile(
    { url: `${server.url}/pack.tar.gz`, bytes: file.length, sha256: sha256(file), target },
    {
      signal: new AbortController().signal,
      onProgress: (done) => seen.push(done),
      pauseMs: 1,
      ...options,
    },
  );
  return seen;
}

const code = (wanted: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code: wanted }) });

it('brings the whole file and tells how far it is', async () => {
  const seen = await download((request, response) => sendFrom(request, response, file));
  expect(readFileSync(target).equals(file)).toBe(true);
  expect(seen.at(-1)).toBe(file.length);
  expect(existsSync(`${target}.part`)).toBe(false);
});

it('goes on where a cut connection left it', async () => {
  const ranges: number[] = [];
  await download((request, response) => {
    const from = rangeOf(request);
    ranges.push(from);
    if (ranges.length > 2) return sendFrom(request, response, file);
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': file.length - from,
      'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
    });
    response.write(file.subarray(from, from + 100_000), () => response.socket?.end());
  });
  expect(readFileSync(target).equals(file)).toBe(true);
  expect(ranges[0]).toBe(0);
  expect(ranges.length).toBe(3);
  expect(ranges[1]).toBeGreaterThan(0);
  expect(ranges[2]).toBeGreaterThan(ranges[1] ?? 0);
});

it('goes on with what an earlier call left', async () => {
  writeFileSync(`${target}.part`, file.subarray(0, 120_000));
  const ranges: number[] = [];
  await download((request, response) => {
    ranges.push(rangeOf(request));
    sendFrom(request, response, file);
  });
  expect(ranges).toEqual([120_000]);
  expect(readFileSync(target).equals(file)).toBe(true);
});

it('begins anew with a server that does not know Range', async () => {
  writeFileSync(`${target}.part`, Buffer.alloc(120_000, 7));
  await download((_request, response) => response.end(file));
  expect(readFileSync(target).equals(file)).toBe(true);
});

it('begins anew where the server cannot go on (416)', async () => {
  writeFileSync(`${target}.part`, file.subarray(0, 120_000));
  await download((request, response) => {
    if (rangeOf(request) > 0) response.writeHead(416).end();
    else sendFrom(request, response, file);
  });
  expect(readFileSync(target).equals(file)).toBe(true);
});

it('gives up a server that stands still, and keeps what came', async () => {
  const stalls = download(
    (request, response) => {
      const from = rangeOf(request);
      if (from > 0)
        return void response.writeHead(206, { 'content-range': `bytes ${from}-1/2` }).flushHeaders();
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, 50_000));
    },
    { stallMs: 60, tries: 2 },
  );
  await expect(stalls).rejects.toEqual(code('download-stalled'));
  expect(readFileSync(`${target}.part`).length).toBe(50_000);
});

it('deletes a file of the right size with other bytes', async () => {
  const other = Buffer.from(file);
  other[200_000] = 1;
  await expect(download((request, response) => sendFrom(request, response, other))).rejects.toEqual(
    code('download-changed'),
  );
  expect(existsSync(target)).toBe(false);
  expect(existsSync(`${target}.part`)).toBe(false);
});

it('takes no more than the pinned size', async () => {
  const endless = download((_request, response) => {
    const more = () => response.write(Buffer.alloc(65_536), (error) => error || setImmediate(more));
    more();
  });
  await expect(endless).rejects.toEqual(code('download-changed'));
  expect(existsSync(`${target}.part`)).toBe(false);
});

it('refuses a larger file before it takes a byte', async () => {
  const larger = Buffer.concat([file, file]);
  await expect(download((request, response) => sendFrom(request, response, larger))).rejects.toEqual(
    code('download-changed'),
  );
});

it('tells what the server answered; asks again only where that may help', async () => {
  let asked = 0;
  const missing = download((_request, response) => {
    asked += 1;
    response.writeHead(404).end();
  });
  await expect(missing).rejects.toEqual(code('download-refused'));
  expect(asked).toBe(1);
  await close?.();
  asked = 0;
  await download((request, response) => {
    asked += 1;
    if (asked < 3) response.writeHead(503).end();
    else sendFrom(request, response, file);
  });
  expect(asked).toBe(3);
});

it('can be cancelled, and then goes on later', async () => {
  const abort = new AbortController();
  const cancelled = download(
    (_request, response) => {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, 50_000));
    },
    { signal: abort.signal, onProgress: (done) => done >= 50_000 && abort.abort() },
  );
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  expect(readFileSync(`${target}.part`).length).toBe(50_000);
});

it('says what is wrong where nobody listens', async () => {
  const server = await serve(() => undefined);
  await server.close();
  const options = { signal: new AbortController().signal, onProgress: () => undefined, tries: 2, pauseMs: 1 };
  const gone = { url: `${server.url}/x`, bytes: 5, sha256: sha256('x'), target };
  await expect(downloadFile(gone, options)).rejects.toEqual(code('download-broken'));
});
