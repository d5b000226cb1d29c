import { create } from 'zustand';
import type { Split } from '#shared/protocol/engine.ts';
import type { HostError } from '#shared/protocol/host.ts';
import type { Evaluation, Sample } from '#shared/protocol/run.ts';
import { toHostError } from '../../host/hostFailure.ts';
import { callHost } from '../../stores/hostStore.ts';

/** Wrong answers shown at once; the figures are over the whole split. */
const MAX_SAMPLES = 120;

/** A cell of the confusion matrix and what it holds. */
export interface OpenCell {
  readonly truth: number;
  readonly predicted: number;
  /** Null while they are fetched. */
  readonly samples: readonly Sample[] | null;
}

interface EvaluateState {
  readonly split: Split;
  readonly running: boolean;
  /** Of `evaluation.runId`; the last one asked for. */
  readonly evaluation: Evaluation | null;
  /** Step that the weights of `evaluation` had, where known. */
  readonly step: number | null;
  readonly error: { readonly runId: string; readonly error: HostError } | null;
  readonly cell: OpenCell | null;
}

export const useEvaluateStore = create<EvaluateState>(() => ({
  split: 'test',
  running: false,
  evaluation: null,
  step: null,
  error: null,
  cell: null,
}));

let newestRequest = 0;

/** Measures a run on a split: its present weights where it is live, else its best or newest ones. */
export async function evaluateRun(runId: string, split: Split, step: number | null): Promise<void> {
  const request = ++newestRequest;
  useEvaluateStore.setState({ split, running: true, error: null });
  try {
    const evaluation = await callHost('run.evaluate', { runId, split, maxSamples: MAX_SAMPLES });
    if (request === newestRequest)
      useEvaluateStore.setState({ evaluation, step, running: false, cell: null });
  } catch (cause) {
    if (request === newestRequest) {
      useEvaluateStore.setState({ running: false, error: { runId, error: toHostError(cause) } });
    }
  }
}

/** Shows the samples of a cell; the same cell again, or null, goes back to the wrong answers. */
export async function openCell(cell: { truth: number; predicted: number } | null): Promise<void> {
  const { evaluation, cell: shown } = useEvaluateStore.getState();
  const same = shown && cell && shown.truth === cell.truth && shown.predicted === cell.predicted;
  if (!evaluation || !cell || same) {
    useEvaluateStore.setState({ cell: null });
    return;
  }
  const opened: OpenCell = { ...cell, samples: null };
  useEvaluateStore.setState({ cell: opened });
  try {
    const { samples } = await callHost('run.samples', {
      runId: evaluation.runId,
      split: evaluation.split,
      trueClass: cell.truth,
      predictedClass: cell.predicted,
      maxSamples: MAX_SAMPLES,
    });
    if (useEvaluateStore.getState().cell === opened)
      useEvaluateStore.setState({ cell: { ...cell, samples } });
  } catch (cause) {
    if (useEvaluateStore.getState().cell === opened) {
      useEvaluateStore.setState({
        cell: null,
        error: { runId: evaluation.runId, error: toHostError(cause) },
      });
    }
  }
}
