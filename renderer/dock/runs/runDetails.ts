import { create } from 'zustand';
import { analyze } from '#shared/compile/analyze.ts';
import type { FactsByNode } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { MetricPoint, Metrics } from '#shared/protocol/run.ts';
import { callHost } from '../../stores/hostStore.ts';

/** Figures and the split they are of. */
export interface RunFigures {
  readonly split: MetricPoint['split'];
  readonly metrics: Metrics;
}

/** What a run's own files add to its record. */
export interface RunDetails {
  /** The graph as it was when the run began. */
  readonly document: GraphDocument;
  /** What was known of people's own data. */
  readonly facts: FactsByNode;
  readonly parameters: number;
  /** Validation loss over time; train loss where nothing was held out. */
  readonly curve: readonly number[];
  /** The newest figures of the run, of whatever split. */
  readonly newest: RunFigures | undefined;
}

interface DetailsState {
  readonly byRun: ReadonlyMap<string, RunDetails>;
}

const useDetailsStore = create<DetailsState>(() => ({ byRun: new Map() }));
const asked = new Map<string, string>();

/** Points of a small curve: more would not be seen. */
const CURVE_POINTS = 60;

/** Reads a run's files once per `version` (its `updatedAt`); a run that cannot be read has no details. */
export function loadRunDetails(runId: string, version = ''): void {
  if (asked.get(runId) === version) return;
  asked.set(runId, version);
  void callHost('run.get', { runId }).then(
    ({ document, points, facts }) => {
      const validation = points.filter(({ split }) => split === 'validation');
      const source = validation.length > 1 ? validation : points.filter(({ split }) => split === 'train');
      const every = Math.max(1, Math.ceil(source.length / CURVE_POINTS));
      const curve = source.flatMap(({ metrics }, at) =>
        at % every === 0 && metrics.loss !== undefined ? [metrics.loss] : [],
      );
      const newest = points.at(-1);
      const { parameters } = analyze(document, facts).totals;
      const details = { document, facts, parameters, curve, newest };
      useDetailsStore.setState(({ byRun }) => ({ byRun: new Map(byRun).set(runId, details) }));
    },
    // Asked again when the run is next looked at; its row says what its record says meanwhile.
    () => asked.delete(runId),
  );
}

export function useRunDetails(runId: string | null): RunDetails | undefined {
  return useDetailsStore(({ byRun }) => (runId === null ? undefined : byRun.get(runId)));
}
