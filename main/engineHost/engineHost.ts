import { totalmem } from 'node:os';
import type { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import {
  type EngineMethod,
  type EngineMethods,
  type EngineStatus,
  engineMethods,
} from '#shared/protocol/engine.ts';
import { type EngineFailure, isRunActive, type RunEvent, type RuntimeId } from '#shared/protocol/run.ts';
import { type EngineMessage, EngineProcess, type EngineProcessOptions } from './engineProcess.ts';
import { type EngineExit, explainExit } from './exitReason.ts';

const MAX_RESTARTS = 3;
const RESTART_WINDOW_MS = 5 * 60_000;

export interface EngineHostOptions extends EngineProcessOptions {
  /** Rung of the ladder asked for; null picks the best that works. */
  readonly runtime: RuntimeId | null;
  /** Lines that the engine writes to its outputs. */
  log?(line: string): void;
  /** Notices of the tensor library about itself, for whoever looks into the engine. */
  debug?(line: string): void;
}

/** Keeps one engine process running and speaks with it. */
export interface EngineHost {
  readonly pid: number | undefined;
  status(): EngineStatus;
  /** Rejects with an EngineFailure: the engine's own, or why it ended before it answered. */
  call<M extends EngineMethod>(
    method: M,
    input: z.input<EngineMethods[M]['input']>,
  ): Promise<z.output<EngineMethods[M]['output']>>;
  onEvent(listener: (event: RunEvent) => void): () => void;
  onStatus(listener: (status: EngineStatus) => void): () => void;
  /** Ends the engine (a run in progress saves a checkpoint) and starts another; forgets earlier crashes. */
  restart(runtime?: RuntimeId | null): Promise<void>;
  dispose(): Promise<void>;
}

interface Pending {
  readonly method: EngineMethod;
  resolve(output: unknown): void;
  reject(failure: EngineFailure): void;
}

/**
 * Starts the engine at once. When it ends by itself: pending calls are rejected with the reason, a
 * run in progress gets a `failed` event that says from where it can go on, and the engine is
 * started again, up to three times in five minutes.
 */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const eventListeners = new Set<(event: RunEvent) => void>();
  const statusListeners = new Set<(status: EngineStatus) => void>();
  const pending = new Map<number, Pending>();
  /** Runs in progress by id, with the step of their newest checkpoint. */
  const activeRuns = new Map<string, number | undefined>();
  let requested = options.runtime;
  let engine: EngineProcess | null = null;
  let nextId = 1;
  let crashes: number[] = [];
  let status: EngineStatus = {
    state: 'starting',
    runtime: null,
    requested,
    memoryBytes: null,
    totalMemoryBytes: totalmem(),
    lastExit: null,
  };

  const setStatus = (changes: Partial<EngineStatus>) => {
    status = { ...status, ...changes };
    for (const listener of statusListeners) listener(status);
  };
  const emit = (event: RunEvent) => {
    if (event.type === 'state') {
      if (isRunActive(event.state)) activeRuns.set(event.runId, activeRuns.get(event.runId));
      else activeRuns.delete(event.runId);
    }
    if (event.type === 'checkpoint') activeRuns.set(event.runId, event.step);
    for (const listener of eventListeners) listener(event);
  };

  function onMessage(message: EngineMessage): void {
    switch (message.type) {
      case 'ready':
        setStatus({ state: 'ready', runtime: message.info });
        break;
      case 'heartbeat':
        break;
      case 'run':
        emit(message.event);
        break;
      case 'result': {
        const call = takePending(message.id);
        call?.resolve(engineMethods[call.method].output.parse(message.output));
        break;
      }
      case 'error':
        takePending(message.id)?.reject(message.error);
        break;
    }
  }

  function takePending(id: number): Pending | undefined {
    const call = pending.get(id);
    pending.delete(id);
    return call;
  }

  /** What a call hears while no engine runs. */
  let whyNotRunning: EngineFailure | null = null;

  function onExit(exit: EngineExit, asked: boolean): void {
    engine = null;
    if (asked) {
      whyNotRunning = null;
      failEverything(engineFailure('cancelled', 'engine-ended'));
      setStatus({ state: 'stopped', runtime: null, memoryBytes: null });
      return;
    }
    const cause = explainExit(exit);
    whyNotRunning = explainExit(exit, { next: 'stopped' });
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < RESTART_WINDOW_MS), now];
    const again = crashes.length <= MAX_RESTARTS;
    const lastExit = { ...cause, at: new Date(now).toISOString() };
    if (again) {
      setStatus({ state: 'restarting', runtime: null, memoryBytes: null, lastExit });
      start();
      failEverything(explainExit(exit, { next: 'restarted' }));
    } else {
      setStatus({ state: 'failed', runtime: null, memoryBytes: null, lastExit });
      failEverything(explainExit(exit, { next: 'failed', times: crashes.length }));
    }
  }

  function failEverything(failure: EngineFailure): void {
    const calls = [...pending.values()];
    pending.clear();
    for (const call of calls) call.reject(failure);
    for (const [runId, step] of [...activeRuns]) {
      emit({
        type: 'state',
        runId,
        state: 'failed',
        failure: { ...failure, ...(step !== undefined && { resumableFromStep: step }) },
      });
    }
  }

  function start(): void {
    engine = new EngineProcess(options, requested, {
      message: onMessage,
      memory: (memoryBytes) => setStatus({ memoryBytes }),
      log: (line) => options.log?.(line),
      debug: (line) => options.debug?.(line),
      exit: onExit,
    });
  }

  start();
  return {
    get pid() {
      return engine?.pid;
    },
    status: () => status,
    call(method, input) {
      return new Promise((resolve, reject) => {
        if (!engine) {
          reject(whyNotRunning ?? engineFailure('crashed', 'engine-not-running'));
          return;
        }
        const id = nextId;
        nextId += 1;
        // Parsed by the method's own schema when the answer comes.
        pending.set(id, { method, resolve: resolve as (output: unknown) => void, reject });
        engine.send({ id, method, input });
      });
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    async restart(runtime) {
      if (runtime !== undefined) requested = runtime;
      await engine?.end();
      crashes = [];
      setStatus({ state: 'starting', requested, runtime: null });
      start();
    },
    async dispose() {
      await engine?.end();
      setStatus({ state: 'stopped' });
    },
  };
}
