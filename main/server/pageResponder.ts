import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { contentSecurityPolicy, securityHeaders } from '#main/services/contentSecurityPolicy.ts';
import { formatServer } from '#main/services/messages.ts';
import { type PageFile, readPageFile } from '#main/services/pageFiles.ts';

type Refusal =
  | 'unauthorised'
  | 'wrong-token'
  | 'wrong-host'
  | 'wrong-origin'
  | 'not-found'
  | 'method-not-allowed';

/** Writes the answers of the server: files of the page, refusals, the redirect that follows the token. */
export interface PageResponder {
  send(request: IncomingMessage, response: ServerResponse, urlPath: string): Promise<void>;
  refuse(response: ServerResponse, status: number, reason: Refusal): void;
  redirect(response: ServerResponse, location: string, cookie: string | null): void;
  /** A page that asks for `/` again at once. */
  askAgain(response: ServerResponse): void;
}

interface CachedBody {
  readonly modifiedMs: number;
  readonly etag: string;
  /** Null until compressed, and for what does not shrink. */
  gzipped: Buffer | null;
}

const COMPRESSIBLE = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/;
const compress = promisify(gzip);

/**
 * Compression happens beside the requests: over loopback an uncompressed first answer is faster
 * than one that waits for it, and a tunnelled browser comes after it is done.
 */
export function createPageResponder(folder: string, socketOrigin: string): PageResponder {
  const cache = new Map<string, CachedBody>();
  const policy = contentSecurityPolicy(socketOrigin);

  function cached(file: PageFile): CachedBody {
    const known = cache.get(file.path);
    if (known !== undefined && known.modifiedMs === file.modifiedMs) return known;
    const digest = createHash('sha256').update(file.body).digest('base64url');
    const entry: CachedBody = {
      modifiedMs: file.modifiedMs,
      etag: `"${digest.slice(0, 22)}"`,
      gzipped: null,
    };
    cache.set(file.path, entry);
    if (COMPRESSIBLE.test(file.contentType) && file.body.byteLength > 1024) {
      compress(file.body).then(
        (bytes) => {
          if (bytes.byteLength < file.body.byteLength) entry.gzipped = bytes;
        },
        // Sent uncompressed then.
        () => undefined,
      );
    }
    return entry;
  }

  void warm(folder, cached);

  return {
    async send(request, response, urlPath) {
      const file = await readPageFile(folder, urlPath);
      if (file === null) return this.refuse(response, 404, 'not-found');
      const { etag, gzipped } = cached(file);
      const isPage = file.contentType.startsWith('text/html');
      const headers: Record<string, string | number> = {
        ...securityHeaders,
        'Content-Security-Policy': policy,
        'Content-Type': file.contentType,
        'Cache-Control': isPage
          ? 'no-store'
          : file.immutable
            ? 'private, max-age=31536000, immutable'
            : 'private, no-cache',
        Vary: 'Accept-Encoding',
      };
      if (!isPage) {
        headers.ETag = etag;
        if (request.headers['if-none-match'] === etag) {
          response.writeHead(304, headers).end();
          return;
        }
      }
      const zipped = gzipped !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const body = zipped ? gzipped : file.body;
      if (zipped) headers['Content-Encoding'] = 'gzip';
      headers['Content-Length'] = body.byteLength;
      response.writeHead(200, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    },
    refuse(response, status, reason) {
      response.writeHead(status, { ...plainHeaders(policy), 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${formatServer(reason)}\n`);
    },
    redirect(response, location, cookie) {
      response.writeHead(303, {
        ...plainHeaders(policy),
        Location: location,
        ...(cookie === null ? {} : { 'Set-Cookie': cookie }),
      });
      response.end();
    },
    askAgain(response) {
      response.writeHead(200, { ...plainHeaders(policy), 'Content-Type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><title>${formatServer('title')}</title><meta http-equiv="refresh" content="0;url=/">`,
      );
    },
  };
}

const plainHeaders = (policy: string): Record<string, string> => ({
  ...securityHeaders,
  'Content-Security-Policy': policy,
  'Cache-Control': 'no-store',
});

/** Reads and compresses the page before it is asked for. A folder that is not there yet is read on request. */
async function warm(folder: string, cached: (file: PageFile) => CachedBody): Promise<void> {
  const names = await readdir(join(folder, 'assets')).catch(() => []);
  for (const urlPath of ['/index.html', ...names.map((name) => `/assets/${encodeURIComponent(name)}`)]) {
    const file = await readPageFile(folder, urlPath);
    if (file !== null) cached(file);
  }
}
