import type { z } from 'zod';
import type { EngineStatus } from '#shared/protocol/engine.ts';
import type { HostEvent, HostMethod, HostMethods } from '#shared/protocol/host.ts';
import type { RuntimeId } from '#shared/protocol/run.ts';

export type TrainingMethod = Extract<HostMethod, `run.${string}` | 'data.preview'>;
export type TrainingInput<M extends TrainingMethod> = z.output<HostMethods[M]['input']>;

export type TrainingOutput<M extends TrainingMethod> = z.input<HostMethods[M]['output']>;

/** Runs and the engine that computes them, as the host method table needs them. */
export interface Training {
  engineStatus(): EngineStatus;
  /** Ends the engine process and starts another, on `runtime` where one is named (null: the best that works). */
  restartEngine(runtime: RuntimeId | null | undefined): Promise<void>;
  /** Rejects with an EngineFailure or a HostError. */
  call<M extends TrainingMethod>(method: M, input: TrainingInput<M>): Promise<TrainingOutput<M>>;
  subscribe(listener: (event: HostEvent) => void): () => void;
  dispose(): Promise<void>;
}
