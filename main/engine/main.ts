import { speak } from '#main/services/messages.ts';
import { chooseLanguage } from '#shared/i18n/language.ts';
import { engineRequestSchema } from '#shared/protocol/engine.ts';
import type { EngineFailure, RunEvent, RuntimeInfo } from '#shared/protocol/run.ts';
import { runtimeIdSchema } from '#shared/protocol/run.ts';
import { EngineService } from './engineService.ts';
import { toFailure } from './failures.ts';
import { startHeartbeat } from './heartbeat.ts';
import { selectRuntime } from './runtimes/select.ts';
import { createExecutionMemory } from './train/executionMemory.ts';

/** engine → host, before it is parsed there. */
type Outgoing =
  | { type: 'ready'; info: RuntimeInfo }
  | { type: 'result'; id: number; output: unknown }
  | { type: 'error'; id: number; error: EngineFailure }
  | { type: 'run'; event: RunEvent };

/** Milliseconds that a run gets for its last checkpoint when the host is gone. */
const LAST_CHECKPOINT_MS = 10_000;

function send(message: Outgoing): void {
  // Without a channel there is nobody to tell; `disconnect` below ends the process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** Environment of an engine, set by its host. */
function readEnvironment() {
  const requested = runtimeIdSchema.safeParse(process.env.NEUROLOOM_RUNTIME);
  const packDirs = (process.env.NEUROLOOM_PACK_DIRS ?? '')
    .split(process.platform === 'win32' ? ';' : ':')
    .filter(Boolean);
  const heartbeatFd = Number(process.env.NEUROLOOM_HEARTBEAT_FD ?? Number.NaN);
  return {
    requested: requested.success ? requested.data : null,
    packDirs,
    heartbeatFd,
    cacheDir: process.env.NEUROLOOM_CACHE_DIR,
  };
}

function main(): void {
  speak(chooseLanguage([process.env.NEUROLOOM_LANG ?? '']));
  const { requested, packDirs, heartbeatFd, cacheDir } = readEnvironment();
  if (!process.send) {
    console.error('The engine is started by the app or by the command line; it does nothing by itself.');
    process.exitCode = 2;
    return;
  }
  if (Number.isInteger(heartbeatFd) && heartbeatFd > 2) startHeartbeat(heartbeatFd);

  const runtime = selectRuntime({ requested, packDirs });
  const service = new EngineService(
    runtime,
    (event) => send({ type: 'run', event }),
    cacheDir ? createExecutionMemory(cacheDir) : null,
  );

  process.on('message', (message: unknown) => {
    const request = engineRequestSchema.safeParse(message);
    // The channel belongs to our own host; what is no request cannot be answered, having no number.
    if (!request.success) throw new Error(`not a request: ${request.error.message}`);
    const { id, method, input } = request.data;
    void service.call(method, input).then((answer) => {
      send(
        answer.ok
          ? { type: 'result', id, output: answer.output }
          : { type: 'error', id, error: answer.failure },
      );
    });
  });

  let ending = false;
  const end = (code: number) => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code), LAST_CHECKPOINT_MS).unref();
    void service.interrupt().finally(() => process.exit(code));
  };
  process.on('disconnect', () => end(0));
  process.on('SIGTERM', () => end(0));
  // Ctrl+C in a terminal reaches the whole process group; the host decides what it means.
  process.on('SIGINT', () => undefined);

  runtime.then(
    ({ info }) => send({ type: 'ready', info }),
    (error: unknown) => {
      console.error(toFailure(error).message);
      process.exit(3);
    },
  );
}

main();
