import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isInside } from './fileAccess.ts';

/** One file of the built page, ready to be sent. */
export interface PageFile {
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
  readonly modifiedMs: number;
  /** Its name holds a hash of its content, so it may be cached for ever. */
  readonly immutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * The file that a URL's path (still percent-encoded) names in the folder of the built page; null
 * where there is none. `..`, encoded separators, backslashes, drive letters, hidden files, unknown
 * types and links out of the folder all name nothing.
 */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const segments = pageSegments(urlPath);
  if (segments === null) return null;
  const contentType = contentTypes[extname(segments.at(-1) ?? '').toLowerCase()];
  if (contentType === undefined) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...segments));
    if (!isInside(root, path)) return null;
    const stats = await stat(path);
    if (!stats.isFile()) return null;
    return {
      path,
      contentType,
      body: await readFile(path),
      modifiedMs: stats.mtimeMs,
      immutable: segments[0] === 'assets',
    };
  } catch {
    return null;
  }
}

/** Decoded once; null for a path that is not plainly a way down from the root. */
export function pageSegments(urlPath: string): readonly string[] | null {
  if (!urlPath.startsWith('/')) return null;
  if (urlPath === '/') return ['index.html'];
  const segments: string[] = [];
  for (const encoded of urlPath.slice(1).split('/')) {
    let segment: string;
    try {
      segment = decodeURIComponent(encoded);
    } catch {
      return null;
    }
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.@-]*$/.test(segment)) return null;
    segments.push(segment);
  }
  return segments;
}
