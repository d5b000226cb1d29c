import { engineFailure } from '#main/services/engineFailure.ts';
import type { TrainingSetup } from '#shared/graph/document.ts';
import type { Metrics } from '#shared/protocol/run.ts';
import { EngineError } from '../failures.ts';
import type { TrainerState } from './checkpointState.ts';
import type { MetricKey } from './metricTotals.ts';

/**
 * Watches the monitored figure at each epoch's end: which step was best, and whether to stop
 * (Prechelt 1998; `patience` epochs without an improvement above `minDelta`).
 */
export class BestModel {
  private readonly setup: TrainingSetup['earlyStopping'];
  private readonly sign: 1 | -1;
  private present: TrainerState['best'];

  constructor(
    setup: TrainingSetup['earlyStopping'],
    keys: readonly MetricKey[],
    state: TrainerState['best'] = null,
  ) {
    this.setup = setup;
    this.present = state && { ...state };
    const metric = keys.find(({ key }) => key === setup.monitor);
    if (setup.monitor !== 'loss' && !metric) {
      throw new EngineError(
        engineFailure('invalid-graph', 'monitor-unknown', {
          monitor: setup.monitor,
          known: ['loss', ...keys.map(({ key }) => key)].join(', '),
        }),
      );
    }
    this.sign = metric?.better === 'higher' ? 1 : -1;
  }

  get state(): TrainerState['best'] {
    return this.present;
  }

  get shouldStop(): boolean {
    return this.setup.enabled && (this.present?.epochsSince ?? 0) >= this.setup.patience;
  }

  /** True where this step is the best so far. */
  epochDone(step: number, metrics: Metrics): boolean {
    const value = metrics[this.setup.monitor] ?? Number.NaN;
    const gain = this.present ? this.sign * (value - this.present.value) : Number.POSITIVE_INFINITY;
    if (gain > (this.present ? this.setup.minDelta : 0)) {
      this.present = { value, step, epochsSince: 0 };
      return true;
    }
    if (this.present) this.present.epochsSince += 1;
    return false;
  }
}
