import type { EngineHost } from '#main/engineHost/engineHost.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { HostError, HostEvent } from '#shared/protocol/host.ts';
import type { Result } from '#shared/protocol/problem.ts';
import type { EngineFailure } from '#shared/protocol/run.ts';
import { explainOutOfMemory } from './outOfMemory.ts';
import type { Runs } from './runs.ts';
import type { Training, TrainingInput, TrainingMethod, TrainingOutput } from './training.ts';

type Handlers = { readonly [M in TrainingMethod]: (input: TrainingInput<M>) => Promise<TrainingOutput<M>> };

/** Runs in their folders, computed by a supervised engine. */
export function createEngineTraining(parts: { host: EngineHost; runs: Runs }): Training {
  const { host, runs } = parts;
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

  const handlers: Handlers = {
    async 'run.start'({ document, resumeRunId, startPaused }) {
      const started =
        resumeRunId === undefined
          ? { ...unwrap(await runs.create(document)), document, resume: false }
          : await reopened(runs, resumeRunId, document);
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
    'run.get': async ({ runId }) => unwrap(await runs.get(runId)),
    async 'run.delete'({ runId }) {
      unwrap(await runs.delete(runId));
      return {};
    },
    'run.evaluate': (input) => host.call('run.evaluate', withFolder(input)),
    'run.samples': (input) => host.call('run.samples', withFolder(input)),
    'run.predict': (input) => host.call('run.predict', withFolder(input)),
    'run.sampleText': (input) => host.call('run.sampleText', withFolder(input)),
    'run.sampleImages': (input) => host.call('run.sampleImages', withFolder(input)),
    'run.export': (input) => host.call('run.export', withFolder(input)),
    'data.preview': (input) => host.call('data.preview', input),
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
  const plan = run.ok ? createPlan(run.value.document) : null;
  return plan?.ok ? explainOutOfMemory(failure, plan.value) : failure;
}

async function reopened(runs: Runs, runId: string, document: Parameters<Runs['create']>[0]) {
  const runDir = unwrap(runs.folderOf(runId));
  const found = unwrap(await runs.reopen(runDir, document));
  return { runId, runDir, document: found.document, resume: true };
}

/** Training rejects with plain failures; see `Training.call`. */
function unwrap<T>(result: Result<T, HostError>): T {
  if (result.ok) return result.value;
  throw result.error;
}
