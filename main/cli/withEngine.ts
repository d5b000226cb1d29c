import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createEngineHost, type EngineHost } from '#main/engineHost/engineHost.ts';
import { formatCommandLine } from '#main/services/messages.ts';
import { dataPaths, findResourcePaths, runtimePackDirs } from '#main/services/paths.ts';
import { readRunRecord, runFolder } from '#main/services/runFolder.ts';
import { createRuns, type Runs } from '#main/services/runs.ts';
import { createSettings } from '#main/services/settings.ts';
import type { EngineStatus } from '#shared/protocol/engine.ts';
import type { RuntimeId, RuntimeInfo } from '#shared/protocol/run.ts';
import { CommandError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';
import { inputError } from './graphInput.ts';
import type { Output } from './output.ts';

export type EngineChoice = 'native' | 'webgpu' | 'cpu';

export interface EngineOptions {
  readonly dataDir?: string | undefined;
  readonly engine?: EngineChoice | undefined;
}

export interface CommandEngine {
  readonly host: EngineHost;
  readonly runs: Runs;
  /** Resolves when the engine can compute; rejects where it cannot be had. */
  readonly ready: Promise<RuntimeInfo>;
}

/** Starts the engine for one command and ends it afterwards, whatever happens. */
export async function withEngine<T>(
  options: EngineOptions,
  output: Output,
  use: (engine: CommandEngine) => Promise<T>,
): Promise<T> {
  const resources = findResourcePaths();
  if (!existsSync(resources.enginePath)) {
    throw new CommandError({
      exitCode: exitCodes.runtime,
      code: 'engine-missing',
      message: formatCommandLine('engine-missing', { path: resources.enginePath }),
    });
  }
  const data = dataPaths(options.dataDir);
  const requested = await requestedRuntime(options.engine, data.settingsPath);
  const host = createEngineHost({
    enginePath: resources.enginePath,
    packDirs: runtimePackDirs(resources, data),
    runtime: requested,
    cacheDir: data.cacheDir,
    ...(resources.dataPath === null ? {} : { dataPath: resources.dataPath }),
    log: (line) => output.log(line),
    ...(process.env.NEUROLOOM_DEBUG && { debug: (line: string) => output.log(line) }),
  });
  const runs = createRuns(data.runsDir, resources.version);
  const ready = whenReady(host, options.engine);
  // The command awaits it when it needs it; until then a failure must not count as unhandled.
  ready.catch(() => undefined);
  try {
    return await use({ host, runs, ready });
  } finally {
    await host.dispose();
  }
}

/** What `--engine` names, else what the settings hold. */
async function requestedRuntime(
  choice: EngineChoice | undefined,
  settingsPath: string,
): Promise<RuntimeId | null> {
  if (choice === 'webgpu' || choice === 'cpu') return choice;
  return choice === 'native' ? null : (await createSettings(settingsPath).get()).runtime;
}

function whenReady(host: EngineHost, choice: EngineChoice | undefined): Promise<RuntimeInfo> {
  return new Promise((resolve, reject) => {
    const look = (status: EngineStatus) => {
      if (status.state === 'ready' && status.runtime) {
        const { id, label, notes } = status.runtime;
        const asked =
          choice === 'native' ? id.startsWith('tensorflow') : choice === undefined || id === choice;
        if (asked) return resolve(status.runtime);
        const reasons = notes.map(({ message }) => message).join(' ');
        const data = { engine: choice ?? '', label, notes: reasons };
        reject(engineError(formatCommandLine('engine-unavailable', data)));
      }
      if (status.state === 'failed' || status.state === 'restarting') {
        reject(engineError(status.lastExit?.message ?? formatCommandLine('engine-not-started')));
      }
    };
    host.onStatus(look);
    look(host.status());
  });
}

function engineError(message: string): CommandError {
  return new CommandError({ exitCode: exitCodes.runtime, code: 'engine-failed', message });
}

/** A run by the path of its folder or by its id. */
export async function findRun(runs: Runs, text: string): Promise<{ runId: string; runDir: string }> {
  const byId = runs.folderOf(text);
  const runDir = existsSync(runFolder.record(text)) || !byId.ok ? resolve(text) : byId.value;
  if (!existsSync(runFolder.record(runDir))) {
    throw inputError('run-not-found', 'run-not-found', { text });
  }
  try {
    return { runId: (await readRunRecord(runDir)).id, runDir };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw inputError('run-damaged', 'run-damaged', { path: runFolder.record(runDir), detail });
  }
}
