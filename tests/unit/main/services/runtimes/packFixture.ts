import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { PackId } from '#shared/protocol/runtimes.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export interface TarEntry {
  readonly name: string;
  readonly data?: string | Uint8Array;
  /** Tar's type flag; `0` is a file. */
  readonly type?: string;
  readonly link?: string;
  /** A size that is not that of the data. */
  readonly size?: number;
}

/** A .tar.gz, written out by hand so that it can also be a hostile one. */
export function tarGz(entries: readonly TarEntry[]): Buffer {
  const blocks: Buffer[] = [];
  for (const { name, data = '', type = '0', link = '', size } of entries) {
    const content = Buffer.from(data);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, 'utf8');
    header.write('0000644\0', 100);
    header.write(`${(size ?? content.length).toString(8).padStart(11, '0')}\0`, 124);
    header.write(type, 156);
    header.write(link, 157);
    header.write('ustar\0', 257);
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, content, Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** The files of a small pack that nothing of TensorFlow is in. */
export function packFiles(id: PackId = 'tensorflow-cpu', changes: Record<string, unknown> = {}): TarEntry[] {
  const files: Record<string, string> = {
    'addon/neuroloom.node': 'an addon',
    'lib/libtensorflow_cc.so.2': 'a library '.repeat(50_000),
    'licences/LICENSE.txt': 'a licence',
  };
  const manifest = {
    id,
    libraryVersion: '2.21.0',
    platform: process.platform,
    arch: process.arch,
    addonSourceHash: 'none',
    files: Object.fromEntries(Object.entries(files).map(([name, data]) => [name, sha256(data)])),
    ...changes,
  };
  return [
    ...Object.entries(files).map(([name, data]) => ({ name, data })),
    { name: 'manifest.json', data: JSON.stringify(manifest) },
  ];
}

/** A server on the loopback; `close` ends it with every connection. */
export async function serve(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** From where a request wants the file: `bytes=100-` → 100; 0 for all of it. */
export const rangeOf = (request: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);

/** Answers like a server that knows Range. */
export function sendFrom(request: IncomingMessage, response: ServerResponse, file: Buffer): void {
  const from = rangeOf(request);
  const rest = file.subarray(from);
  const headers = {
    'content-length': rest.length,
    'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
  };
  response.writeHead(from === 0 ? 200 : 206, headers);
  response.end(rest);
}
