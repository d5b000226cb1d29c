import type { GraphDocument } from '#shared/graph/document.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { selectRunActive, useRunStore } from '../stores/runStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';

/** How things were when a step began. */
export interface StepStart {
  readonly document: GraphDocument | null;
  readonly runId: string | null;
}

export interface TourStep {
  /** Its texts stand under `tour.steps`. */
  readonly id: 'template' | 'select' | 'change' | 'train' | 'watch' | 'evaluate' | 'end';
  /** The control that it points at; null where there is none. */
  readonly target: () => Element | null;
  /** Where the card stands rather than beside it: what goes on at its sides is to be seen. */
  readonly side?: 'below';
  /** Opens what hides the control. */
  readonly prepare?: () => void;
  /** It counts as done once nothing has changed for so long: the person may be in the middle of it. */
  readonly restMs?: number;
  /** Whether the person has done it. */
  readonly done: (start: StepStart) => boolean;
}

export const TOUR_TEMPLATE = 'two-spirals';

const find = (selector: string): Element | null => document.querySelector(selector);

/** The layer that the tour changes. */
function layer(): string | undefined {
  const { graph } = useDocumentStore.getState();
  const nodes = graph?.nodes ?? [];
  return (nodes.find(({ kind }) => kind === 'dense') ?? nodes[0])?.id;
}

const isEditing = (): boolean => {
  const { document, startOpen } = useDocumentStore.getState();
  return document !== null && !startOpen;
};

/** One minute, from an empty start screen to a trained network: each step waits for what the person does. */
export const tourSteps: readonly TourStep[] = [
  {
    id: 'template',
    target: () => find(`[data-template="${TOUR_TEMPLATE}"]`),
    done: () => isEditing() && layer() !== undefined,
  },
  {
    id: 'select',
    side: 'below',
    target: () => find(`.react-flow__node[data-id="${CSS.escape(layer() ?? '')}"]`),
    done: () => useSelectionStore.getState().nodeIds.has(layer() ?? ''),
  },
  {
    id: 'change',
    target: () => find('.ins-body .f-row'),
    // A number of several digits is typed, and its effect on the wires seen.
    restMs: 1500,
    prepare: () => setView({ inspectorOpen: true }),
    done: (start) => useDocumentStore.getState().document !== start.document,
  },
  {
    id: 'train',
    target: () => find('.transport .tp.on'),
    done: (start) => {
      const run = useRunStore.getState();
      return run.currentRunId !== start.runId && run.state !== null;
    },
  },
  {
    id: 'watch',
    target: () => find('.dock'),
    prepare: () => setView({ dockOpen: true, dockTab: 'training' }),
    done: () => !selectRunActive(useRunStore.getState()),
  },
  {
    id: 'evaluate',
    target: () => find('.dock-tab[id$="-trigger-evaluate"]'),
    prepare: () => setView({ dockOpen: true }),
    done: () => useViewStore.getState().dockTab === 'evaluate',
  },
  { id: 'end', target: () => null, done: () => false },
];

/** Where a step cannot be done any more: the one to go back to. */
export function stepBack(id: TourStep['id']): TourStep['id'] | null {
  if (id === 'template' || id === 'end') return null;
  if (!isEditing()) return 'template';
  const { state } = useRunStore.getState();
  if (id === 'evaluate' && state === 'failed') return 'train';
  return null;
}
