import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '#main/server/startServer.ts';
import { createAbsentTraining, engineMissing } from '#main/services/absentTraining.ts';
import { rootAccess } from '#main/services/fileAccess.ts';
import { openHost } from '#main/services/openHost.ts';
import { findResourcePaths } from '#main/services/paths.ts';
import type { Training } from '#main/services/training.ts';

export const TOKEN = 'test-token_0123456789abcdefghij';

export interface ServerFixture {
  readonly folder: string;
  readonly filesRoot: string;
  readonly server: RunningServer;
  /** `127.0.0.1:port` */
  readonly authority: string;
  end(): Promise<void>;
}

/** A real server over a small built page in a folder of its own. */
export async function startFixture(
  training: Training = createAbsentTraining(engineMissing('/nowhere')),
): Promise<ServerFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'neuroloom-server-'));
  const rendererDir = join(folder, 'page');
  const filesRoot = join(folder, 'files');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await mkdir(filesRoot);
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(rendererDir, 'assets', 'app-1a2b.js'), `export const text = '${'x'.repeat(5000)}';`);
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const access = await rootAccess(filesRoot);
  if (!access.ok) throw new Error(access.error.message);
  const opened = await openHost({
    mode: 'browser',
    resources: { ...findResourcePaths(), enginePath: import.meta.filename },
    dataDir: join(folder, 'data'),
    access: access.value,
    createTraining: async () => training,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const { services } = opened.value;
  const started = await startServer({ token: TOKEN, rendererDir, services });
  if (!started.ok) throw new Error(started.error.message);
  const server = started.value;
  return {
    folder,
    filesRoot,
    server,
    authority: `127.0.0.1:${server.port}`,
    async end() {
      await server.close();
      await services.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Question {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the path and headers exactly as given; an empty `Host` is left out. An upgraded socket counts as status 101 and is closed. */
export function ask({ port, path, method = 'GET', headers = {} }: Question): Promise<Answer> {
  const { Host: host, ...others } = headers;
  const sent = host === undefined || host === '' ? others : headers;
  const setHost = host === undefined;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers: sent, setHost, agent: false };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: 101, headers: response.headers, body: Buffer.alloc(0) });
    });
    request.on('error', reject);
    request.end();
  });
}

export const upgradeHeaders: Readonly<Record<string, string>> = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Hands the token over and returns the cookie as it is sent back. */
export async function openSession(fixture: ServerFixture): Promise<string> {
  const { headers } = await ask({ port: fixture.server.port, path: `/?token=${TOKEN}` });
  const cookie = headers['set-cookie']?.[0]?.split(';')[0];
  if (cookie === undefined) throw new Error('No cookie');
  return cookie;
}
