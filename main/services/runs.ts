import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { GraphDocument } from '#shared/graph/document.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import type { HostError } from '#shared/protocol/host.ts';
import { fail, ok, type Result } from '#shared/protocol/problem.ts';
import { type EngineFailure, isRunActive, type MetricPoint, type RunRecord } from '#shared/protocol/run.ts';
import { atomicWrite } from './atomicWrite.ts';
import { engineFailure } from './engineFailure.ts';
import { fileFailure, hostFailure } from './hostFailure.ts';
import { makeFolder } from './makeFolder.ts';
import { isProcessAlive } from './processAlive.ts';
import { readMetricPoints, readRunRecord, runFolder, writeRunRecord } from './runFolder.ts';

export interface RunFiles {
  readonly run: RunRecord;
  readonly document: GraphDocument;
  readonly points: MetricPoint[];
}

/** The run folders below one folder. */
export interface Runs {
  folderOf(runId: string): Result<string, HostError>;
  /** A new folder with graph.json and run.json; `dir` puts it elsewhere than below the runs folder. */
  create(
    document: GraphDocument,
    dir?: string,
  ): Promise<Result<{ runId: string; runDir: string }, HostError>>;
  /** Newest first. A folder whose files are damaged is listed as failed, with the reason. */
  list(): Promise<RunRecord[]>;
  get(runId: string): Promise<Result<RunFiles, HostError>>;
  /** The graph that a run was started with. */
  graphIn(runDir: string): Promise<Result<GraphDocument, HostError>>;
  /** Makes a run ready to go on: its own graph, with the epochs of `document` where one is given. */
  reopen(
    runDir: string,
    document?: GraphDocument,
  ): Promise<Result<{ run: RunRecord; document: GraphDocument }, HostError>>;
  /** Refused while an engine, of this app or of another one, trains the run. */
  delete(runId: string): Promise<Result<null, HostError>>;
  /** Step of the newest checkpoint; null where there is none. */
  newestCheckpoint(runId: string): Promise<number | null>;
  /** Writes what the engine could no longer write: how it ended. */
  markFailed(runId: string, failure: EngineFailure): Promise<void>;
}

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,119}$/;

export function createRuns(runsDir: string, version: string): Runs {
  /** Runs that were put elsewhere by this process. */
  const elsewhere = new Map<string, string>();

  const pathOf = (runId: string): string => elsewhere.get(runId) ?? join(runsDir, runId);

  function folderOf(runId: string): Result<string, HostError> {
    // An id is a single path segment, so that none leads out of the folder.
    return idPattern.test(runId)
      ? ok(pathOf(runId))
      : hostFailure('run-not-found', { runId: runId.slice(0, 120) });
  }

  async function readFolder(runDir: string, runId: string): Promise<RunRecord> {
    try {
      const run = await readRunRecord(runDir);
      return isRunActive(run.state) && !isInProgress(run) ? await abandoned(run, runDir) : run;
    } catch (error) {
      return await brokenRecord(runDir, runId, error);
    }
  }

  return {
    folderOf,

    async create(document, dir) {
      const createdAt = new Date();
      const runId = newRunId(document.name, createdAt);
      const runDir = dir === undefined ? pathOf(runId) : resolve(dir);
      try {
        await makeFolder(runDir);
        if (dir !== undefined && (await readdir(runDir)).length > 0) {
          return hostFailure('exists', { path: runDir });
        }
        await atomicWrite(runFolder.graph(runDir), serializeDocument(document));
        await writeRunRecord(runDir, newRecord(runId, document, createdAt, version));
      } catch (error) {
        // Half a run would be listed as a damaged one.
        if (dir === undefined) await rm(runDir, { recursive: true, force: true }).catch(() => undefined);
        return fileFailure(error, runDir);
      }
      if (dir !== undefined) elsewhere.set(runId, runDir);
      return ok({ runId, runDir });
    },

    async list() {
      let names: string[];
      try {
        names = (await readdir(runsDir, { withFileTypes: true }))
          .filter((entry) => entry.isDirectory() && idPattern.test(entry.name))
          .map((entry) => entry.name);
      } catch {
        // No run was ever started: the folder is made with the first.
        return [];
      }
      const runs = await Promise.all(names.map((name) => readFolder(join(runsDir, name), name)));
      return runs.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
    },

    async get(runId) {
      const folder = folderOf(runId);
      if (!folder.ok) return folder;
      const runDir = folder.value;
      if (!(await exists(runDir))) return hostFailure('run-not-found', { runId });
      const run = await readFolder(runDir, runId);
      const document = await readGraph(runDir);
      return document.ok
        ? ok({ run, document: document.value, points: await readMetricPoints(runDir) })
        : document;
    },

    graphIn: readGraph,

    async reopen(runDir, document) {
      let run: RunRecord;
      try {
        run = await readRunRecord(runDir);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return hostFailure('input-output', { path: runFolder.record(runDir), detail });
      }
      // Two engines in one folder would write over each other's checkpoints.
      if (isBeingTrained(run)) return hostFailure('run-in-progress', { runId: run.id });
      const snapshot = await readGraph(runDir);
      if (!snapshot.ok) return snapshot;
      let graph = snapshot.value;
      if (document && document.training.epochs !== graph.training.epochs) {
        graph = { ...graph, training: { ...graph.training, epochs: document.training.epochs } };
        try {
          await atomicWrite(runFolder.graph(runDir), serializeDocument(graph));
        } catch (error) {
          return fileFailure(error, runDir);
        }
      }
      if (pathOf(run.id) !== resolve(runDir)) elsewhere.set(run.id, resolve(runDir));
      return ok({ run, document: graph });
    },

    async delete(runId) {
      const folder = folderOf(runId);
      if (!folder.ok) return folder;
      const run = await readRunRecord(folder.value).catch(() => null);
      if (run && isBeingTrained(run)) return hostFailure('run-in-progress', { runId });
      try {
        await rm(folder.value, { recursive: true, force: true });
        return ok(null);
      } catch (error) {
        return fileFailure(error, folder.value);
      }
    },

    newestCheckpoint: (runId) => newestCheckpointStep(pathOf(runId)),

    async markFailed(runId, failure) {
      const runDir = pathOf(runId);
      const run = await readRunRecord(runDir).catch(() => null);
      if (!run || !isRunActive(run.state)) return;
      await writeRunRecord(runDir, { ...run, state: 'failed', failure, updatedAt: new Date().toISOString() });
    },
  };
}

async function readGraph(runDir: string): Promise<Result<GraphDocument, HostError>> {
  const path = runFolder.graph(runDir);
  try {
    const document = parseDocument(await readFile(path, 'utf8'));
    if (document.ok) return document;
    const [problem] = document.error;
    return fail({
      ...hostFailure('input-output', { path, detail: `damaged (${problem?.code ?? ''})` }).error,
      data: { problems: document.error },
    });
  } catch (error) {
    return fileFailure(error, path);
  }
}

/** `2026-11-23_19-42-57_cnn-on-mnist_3f9a`: sorts by time and says what it is. */
function newRunId(name: string, at: Date): string {
  const time = at.toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return [time, slug, randomBytes(2).toString('hex')].filter(Boolean).join('_');
}

function newRecord(id: string, document: GraphDocument, createdAt: Date, version: string): RunRecord {
  return {
    id,
    name: document.name,
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
    state: 'preparing',
    seed: document.training.seed,
    runtime: null,
    versions: { neuroloom: version, node: process.versions.node },
    machine: {
      platform: platform(),
      arch: arch(),
      cpu: cpus()[0]?.model.trim() ?? '',
      cores: cpus().length,
      memoryBytes: totalmem(),
    },
    progress: null,
    latest: {},
    bestStep: null,
    enginePid: process.pid,
  };
}

/** In the hands of a process that still runs: this one, its engine, or another app's. */
const isInProgress = (run: RunRecord): boolean =>
  isRunActive(run.state) && isProcessAlive(run.enginePid, run.updatedAt);

/** This process's own number stands in a record only until an engine takes the run. */
const isBeingTrained = (run: RunRecord): boolean => isInProgress(run) && run.enginePid !== process.pid;

/** A run whose engine and host are both gone: what its record says of its state is no longer so. */
async function abandoned(run: RunRecord, runDir: string): Promise<RunRecord> {
  const step = await newestCheckpointStep(runDir);
  return {
    ...run,
    state: 'failed',
    failure:
      step === null
        ? engineFailure('crashed', 'run-abandoned-early')
        : { ...engineFailure('crashed', 'run-abandoned', { step }), resumableFromStep: step },
  };
}

async function newestCheckpointStep(runDir: string): Promise<number | null> {
  const names = await readdir(runFolder.checkpoints(runDir)).catch(() => []);
  const steps = names.filter((name) => /^\d/.test(name)).map((name) => Number.parseInt(name, 10));
  return steps.length === 0 ? null : Math.max(...steps);
}

/** Nothing is known of a damaged run but its folder's name and date. */
async function brokenRecord(runDir: string, runId: string, error: unknown): Promise<RunRecord> {
  const at = (await stat(runDir).catch(() => null))?.mtime.toISOString() ?? new Date(0).toISOString();
  const detail = String(error instanceof Error ? error.message.split('\n')[0] : error);
  return {
    id: runId,
    name: runId,
    createdAt: at,
    updatedAt: at,
    state: 'failed',
    seed: 0,
    runtime: null,
    versions: {},
    machine: { platform: '', arch: '', cpu: '', cores: 0, memoryBytes: 0 },
    progress: null,
    latest: {},
    bestStep: null,
    failure: engineFailure('storage', 'run-damaged', { detail, path: runFolder.record(runDir) }),
    broken: true,
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
