import { pasteText } from '#renderer/canvas/editSelection.ts';
import { useCommandStore } from '#renderer/commands/commandStore.ts';
import { runCommand, undoEdit, useDocumentStore } from '#renderer/stores/documentStore.ts';
import { revealNode } from '#renderer/stores/selectionStore.ts';
import { copyFragment } from '#shared/graph/clipboard.ts';
import { moveNodes, setParam } from '#shared/graph/commands.ts';

/** Edits that the bench asks of our page; each gives the milliseconds until the page shows what came of it. */
export interface PageEdits {
  reveal(id: string): void;
  /** Sets the units of a dense layer that is in sight; done when its card and the page are laid out with them. */
  keystroke(id: string, units: number): Promise<number>;
  copyAll(): string;
  /** Until the cards are shown, and until their wires are as well. */
  paste(text: string): Promise<{ readonly cards: number; readonly wires: number }>;
  undo(): Promise<number>;
  tidy(): Promise<number>;
  /** Makes so many steps of undo: cards moved and parameters set in turns. */
  steps(count: number): number;
}

declare global {
  interface Window {
    benchEdits?: PageEdits;
  }
}

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
const cards = (): number => document.querySelectorAll('.react-flow__node').length;
const wires = (): number => document.querySelectorAll('.react-flow__edge').length;
const graph = () => {
  const { document: open } = useDocumentStore.getState();
  if (!open) throw new Error('no document');
  return open;
};

async function timed(act: () => void, done: () => boolean): Promise<number> {
  const start = performance.now();
  act();
  // What React does at once is done within some microtasks; the rest within frames.
  for (let turn = 0; turn < 20 && !done(); turn++) await Promise.resolve();
  while (!done()) await frame();
  document.body.getBoundingClientRect();
  return performance.now() - start;
}

/** All cards are there, measured and shown. */
const shows = (count: number) => (): boolean =>
  cards() === count && !document.querySelector('.react-flow__node[style*="visibility: hidden"]');

export function announceEdits(): void {
  window.benchEdits = {
    reveal: revealNode,
    keystroke(id, units) {
      const card = document.querySelector(`.react-flow__node[data-id="${id}"]`);
      return timed(
        () => void runCommand(setParam(id, 'units', units)),
        () => card?.querySelector('.po')?.textContent?.includes(String(units)) ?? false,
      );
    },
    copyAll: () =>
      copyFragment(
        graph(),
        graph().nodes.map(({ id }) => id),
      ),
    paste(text) {
      const count = 2 * cards();
      const wired = 2 * wires();
      const start = performance.now();
      return timed(() => pasteText(text), shows(count)).then(async (took) => {
        while (wires() !== wired) await frame();
        document.body.getBoundingClientRect();
        return { cards: took, wires: performance.now() - start };
      });
    },
    undo() {
      const count = cards() / 2;
      return timed(undoEdit, shows(count));
    },
    tidy() {
      const before = graph();
      const command = useCommandStore.getState().commands.find(({ id }) => id === 'arrange');
      return timed(
        () => command?.run(),
        () => graph() !== before,
      );
    },
    steps(count) {
      const dense = graph().nodes.filter(({ kind }) => kind === 'dense');
      for (let step = 0; step < count; step++) {
        const { id } = dense[step % dense.length] ?? { id: '' };
        runCommand(
          step % 2 === 0 ? moveNodes({ [id]: { x: step, y: step } }) : setParam(id, 'units', 64 + step),
        );
      }
      return useDocumentStore.getState().history?.past.length ?? 0;
    },
  };
}
