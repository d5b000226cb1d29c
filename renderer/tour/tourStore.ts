import { create } from 'zustand';
import { showStart, useDocumentStore } from '../stores/documentStore.ts';
import { useRunStore } from '../stores/runStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { type StepStart, stepBack, type TourStep, tourSteps } from './tourSteps.ts';

interface TourState {
  /** Place among the steps; null while there is no tour. */
  readonly at: number | null;
  readonly start: StepStart;
}

const nowhere: StepStart = { document: null, runId: null };

export const useTour = create<TourState>(() => ({ at: null, start: nowhere }));

export const currentStep = ({ at }: TourState): TourStep | null =>
  at === null ? null : (tourSteps[at] ?? null);

let rest: ReturnType<typeof setTimeout> | undefined;

function goTo(at: number): void {
  clearTimeout(rest);
  const { document } = useDocumentStore.getState();
  const { currentRunId: runId } = useRunStore.getState();
  useTour.setState({ at, start: { document, runId } });
  tourSteps[at]?.prepare?.();
}

function goOn({ restMs, done }: TourStep, at: number): void {
  if (restMs === undefined) {
    goTo(at + 1);
    return;
  }
  clearTimeout(rest);
  rest = setTimeout(() => {
    const tour = useTour.getState();
    if (tour.at === at && done(tour.start)) goTo(at + 1);
  }, restMs);
}

/** Goes on as soon as a step is done, and back where it cannot be done any more. */
function look(): void {
  const tour = useTour.getState();
  const step = currentStep(tour);
  if (!step || tour.at === null) return;
  const back = stepBack(step.id);
  if (back !== null) goTo(tourSteps.findIndex(({ id }) => id === back));
  else if (step.done(tour.start)) goOn(step, tour.at);
}

let stopWatching = (): void => undefined;

/** Begins at the start screen; what is open stays open behind it. */
export function startTour(): void {
  endTour();
  setView({ tourSeen: true });
  showStart(true);
  goTo(0);
  const stores = [useDocumentStore, useSelectionStore, useRunStore, useViewStore];
  const offs = stores.map((store) => store.subscribe(look));
  stopWatching = () => {
    for (const off of offs) off();
    stopWatching = () => undefined;
  };
}

/** To be taken up again from the palette or the start screen. */
export function endTour(): void {
  stopWatching();
  clearTimeout(rest);
  setView({ tourSeen: true });
  useTour.setState({ at: null, start: nowhere });
}
