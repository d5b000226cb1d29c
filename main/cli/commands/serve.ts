import { serve as serveBrowserMode } from '#main/server/serve.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';

export interface ServeCommandOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly token?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly root?: string | undefined;
}

/** Browser mode until Ctrl+C. */
export async function serve(options: ServeCommandOptions, output: Output): Promise<ExitCode> {
  const { root, ...rest } = options;
  const ending = new AbortController();
  // Not once: under npm the terminal and npm both send it, and the second must not end it without a checkpoint.
  process.on('SIGINT', () => ending.abort());
  process.on('SIGTERM', () => ending.abort());
  const code = await serveBrowserMode({
    ...rest,
    filesRoot: root,
    signal: ending.signal,
    out: (line) => output.result({ event: 'serving', url: /https?:\S+/.exec(line)?.[0] ?? '' }, line),
    err: (line) => output.log(line),
  });
  return code === 0 ? exitCodes.done : exitCodes.input;
}
