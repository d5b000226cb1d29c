import { dirname } from 'node:path';
import type { EngineHost } from '#main/engineHost/engineHost.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { factsOf } from '#shared/protocol/data.ts';
import type { HostError, HostEvent } from '#shared/protocol/host.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import type { Result } from '#shared/protocol/problem.ts';
import type { EngineFailure } from '#shared/protocol/run.ts';
import type { DataSources } from './data/dataSources.ts';
import { readRunData, writeRunData } from './data/runData.ts';
import { explainOutOfMemory } from './outOfMemory.ts';
import type { Runs } from './runs.ts';
import type { Training, TrainingInput, TrainingMethod, TrainingOutput } from './training.ts';

type Handlers = { readonly [M in TrainingMethod]: (input: TrainingInput<M>) => Promise<TrainingOutput<M>> };

/** Runs in their folders, computed by a supervised engine. */
export function createEngineTraining(parts: {
  host: EngineHost;
  runs: Runs;
  sources: DataSources;
}): Training {
  const { host, runs, sources } = parts;
  const listeners = new Set<(event: HostEvent) => void>();
  const emit = (event: HostEvent) => {
    for (const listener of listeners) listener(event);
  };
  /** Says from where the run can go on, also when this app wrote none of its checkpoints. */
  const reportFailure = async (runId: string, failure: EngineFailure) => {
    const step = failure.resumableFromStep ?? (await runs.newestCheckpoint(runId));
    const explained = await explain(runs, runId, failure);
    const known = { ...explained, ...(step !== null && { resumableFromStep: step }) };
    emit({ type: 'run', event: { type: 'state', runId, state: 'failed', failure: known } });
    // The event has reached the window whatever the disk does; a run left as it was is found abandoned later.
    await runs.markFailed(runId, known).catch(() => undefined);
  };
  host.onStatus((status) => emit({ type: 'engine', status }));
  host.onEvent((event) => {
    if (event.type === 'state' && event.state === 'failed' && event.failure) {
      void reportFailure(event.runId, event.failure);
    } else emit({ type: 'run', event });
  });

  const withFolder = <I extends { runId: string }>(input: I) => ({
    ...input,
    runDir: unwrap(runs.folderOf(input.runId)),
  });

  /** Runs may come from elsewhere too: their data is read only where a person picked it. */
  const withData = async <I extends { runId: string }>(input: I) => {
    const located = withFolder(input);
    await sources.requireAllowed(await readRunData(located.runDir));
    return located;
  };

  const handlers: Handlers = {
    async 'run.start'({ document, graphPath, resumeRunId, startPaused }) {
      const started =
        resumeRunId === undefined
          ? { ...(await created(parts, document, graphPath)), document, resume: false }
          : await reopened(parts, resumeRunId, document);
      const from = document.training.startFrom;
      const startFrom = from === undefined || started.resume ? undefined : unwrap(runs.folderOf(from));
      try {
        await host.call('run.start', { ...started, ...(startFrom !== undefined && { startFrom }) });
      } catch (failure) {
        if (!started.resume) await runs.delete(started.runId);
        throw failure;
      }
      if (startPaused) await host.call('run.pause', { runId: started.runId });
      return { runId: started.runId };
    },
    'run.pause': (input) => host.call('run.pause', input),
    'run.resume': (input) => host.call('run.resume', input),
    'run.step': (input) => host.call('run.step', input),
    'run.stop': (input) => host.call('run.stop', input),
    'run.setLearningRate': (input) => host.call('run.setLearningRate', input),
    'run.list': async () => ({ runs: await runs.list() }),
    async 'run.get'({ runId }) {
      const files = unwrap(await runs.get(runId));
      const looked = await readRunData(unwrap(runs.folderOf(runId))).catch(() => ({}));
      return { ...files, facts: factsOf(looked) };
    },
    async 'run.delete'({ runId }) {
      unwrap(await runs.delete(runId));
      return {};
    },
    'run.evaluate': async (input) => host.call('run.evaluate', await withData(input)),
    'run.samples': async (input) => host.call('run.samples', await withData(input)),
    'run.predict': (input) => host.call('run.predict', withFolder(input)),
    'run.sampleText': (input) => host.call('run.sampleText', withFolder(input)),
    'run.sampleImages': (input) => host.call('run.sampleImages', withFolder(input)),
    'run.export': (input) => host.call('run.export', withFolder(input)),
    async 'data.preview'({ graphPath, ...input }) {
      const definition = nodeDefinitions.find(
        (node) => node.role === 'dataset' && node.loader === input.loader,
      );
      if (definition?.role !== 'dataset' || !definition.picks) return host.call('data.preview', input);
      const params = input.params as JsonObject;
      const looked = await sources.look({ definition, params, folder: folderOf(graphPath) });
      return looked?.file ? host.call('data.preview', { ...input, looked }) : { samples: [] };
    },
  };

  return {
    engineStatus: () => host.status(),
    restartEngine: (runtime) => host.restart(runtime),
    call: async (method, input) => handlers[method](input),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => host.dispose(),
  };
}

/** An engine that died for want of memory could not say at which node: the run's graph can. */
async function explain(runs: Runs, runId: string, failure: EngineFailure): Promise<EngineFailure> {
  if (failure.reason !== 'out-of-memory' || failure.nodeId !== undefined) return failure;
  const run = await runs.get(runId);
  const folder = runs.folderOf(runId);
  if (!run.ok || !folder.ok) return failure;
  const looked = await readRunData(folder.value).catch(() => ({}));
  const plan = createPlan(run.value.document, factsOf(looked));
  return plan.ok ? explainOutOfMemory(failure, plan.value) : failure;
}

/** The folder that a graph's data lies relative to. */
const folderOf = (graphPath: string | null | undefined): string | null =>
  graphPath ? dirname(graphPath) : null;

interface Parts {
  readonly runs: Runs;
  readonly sources: DataSources;
}

/** A new run, with what is at the paths of its data. */
async function created(
  { runs, sources }: Parts,
  document: GraphDocument,
  graphPath: string | null | undefined,
) {
  const looked = await sources.lookAll(document, folderOf(graphPath));
  const run = unwrap(await runs.create(document));
  await writeRunData(run.runDir, looked);
  return run;
}

async function reopened({ runs, sources }: Parts, runId: string, document: GraphDocument) {
  const runDir = unwrap(runs.folderOf(runId));
  await sources.requireAllowed(await readRunData(runDir));
  const found = unwrap(await runs.reopen(runDir, document));
  return { runId, runDir, document: found.document, resume: true };
}

/** Training rejects with plain failures; see `Training.call`. */
function unwrap<T>(result: Result<T, HostError>): T {
  if (result.ok) return result.value;
  throw result.error;
}
