import { homedir } from 'node:os';
import { rootAccess } from '#main/services/fileAccess.ts';
import { formatServer } from '#main/services/messages.ts';
import { openHost } from '#main/services/openHost.ts';
import { findResourcePaths } from '#main/services/paths.ts';
import { startTraining } from '#main/services/startTraining.ts';
import { startServer } from './startServer.ts';

export interface ServeOptions {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly token?: string | undefined;
  readonly dataDir?: string | undefined;
  /** The folder that windows may read and write; the home folder where left out. */
  readonly filesRoot?: string | undefined;
  /** Ends the server; the engine is stopped with a checkpoint first. */
  readonly signal: AbortSignal;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Browser mode, from start to end: `out` gets one line, the address; serves until `signal`, and
 * resolves to the exit code (0 ended, 1 could not start; the reason is then on `err`).
 */
export async function serve(options: ServeOptions): Promise<number> {
  const { host, port, token, dataDir, signal, out, err } = options;
  const resources = findResourcePaths();
  const access = await rootAccess(options.filesRoot ?? homedir());
  if (!access.ok) return failed(err, access.error.message);
  const opened = await openHost({
    mode: 'browser',
    resources,
    dataDir,
    access: access.value,
    createTraining: async (parts) => startTraining({ resources, ...parts, log: err }),
  });
  if (!opened.ok) return failed(err, opened.error.message);
  const { services } = opened.value;
  const server = await startServer({ host, port, token, rendererDir: resources.rendererDir, services });
  if (!server.ok) {
    await services.dispose();
    return failed(err, server.error.message);
  }
  err(formatServer('ready'));
  out(server.value.url);
  await aborted(signal);
  await server.value.close();
  await services.dispose();
  return 0;
}

function failed(err: (line: string) => void, message: string): number {
  err(message);
  return 1;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
