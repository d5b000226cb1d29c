import type { z } from 'zod';
import { checkpointsSchema, type TrainingSetup } from '#shared/graph/document.ts';

/** When a run is saved; at its end, at a pause and at a stop it is saved in any case. */
export class CheckpointPolicy {
  readonly #setup: z.infer<typeof checkpointsSchema>;
  readonly #best: boolean;

  constructor({ checkpoints, earlyStopping }: TrainingSetup) {
    this.#setup = checkpointsSchema.parse(checkpoints ?? {});
    // Early stopping must be able to go back to the best weights.
    this.#best = this.#setup.best || earlyStopping.enabled;
  }

  /** The newest so many checkpoints are kept. */
  get keep(): number {
    return this.#setup.keep;
  }

  afterStep(step: number, msSinceLast: number): boolean {
    const { everySteps, everyMinutes } = this.#setup;
    return (
      (everySteps > 0 && step % everySteps === 0) ||
      (everyMinutes > 0 && msSinceLast >= everyMinutes * 60_000)
    );
  }

  /** `best`: the epoch gave the best figure so far. */
  afterEpoch(epochsDone: number, best: boolean): boolean {
    const { everyEpochs } = this.#setup;
    return (best && this.#best) || (everyEpochs > 0 && epochsDone % everyEpochs === 0);
  }
}
