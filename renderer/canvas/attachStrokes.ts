import { removeEdges } from '#shared/graph/commands.ts';
import type { Point } from '#shared/graph/document.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { createBoxIndex } from './boxIndex.ts';
import { edit, toDocument } from './canvasApi.ts';
import { useCardBoxes } from './cardBoxes.ts';
import { drawnWires } from './liftOnPage.ts';
import { noteBoxes } from './notes.ts';
import { caughtBy, crossedBy } from './strokes.ts';
import { type StrokeTool, useStroke } from './strokeTool.ts';

/** Pixels on screen that the hand goes on before the line does. */
const GRAIN = 3;

interface Drawing {
  readonly tool: StrokeTool;
  readonly pointerId: number;
  /** In document coordinates. */
  readonly line: Point[];
  path: string;
  last: Point;
  /** Adds to the selection. */
  readonly adds: boolean;
  /** Ids of wires or cards. */
  caught: ReadonlySet<string>;
}

/** What a press of the pointer begins: Ctrl with the right button cuts, Ctrl and Alt with the left one selects. */
function toolFor({ button, ctrlKey, metaKey, altKey }: PointerEvent): StrokeTool | null {
  const held = ctrlKey || metaKey;
  if (button === 2 && held) return 'knife';
  if (button !== 0) return null;
  return held && altKey ? 'lasso' : useStroke.getState().armed;
}

/** Marks what the stroke has caught, on the page alone. */
function mark(canvas: HTMLElement, { tool, caught }: Drawing): void {
  if (tool === 'knife') {
    for (const { id, group } of drawnWires()) group.classList.toggle('cut', caught.has(id));
    return;
  }
  for (const card of canvas.querySelectorAll<HTMLElement>('.react-flow__node')) {
    card.classList.toggle('caught', caught.has(card.dataset.id ?? ''));
  }
}

function extend(drawing: Drawing, at: Point): void {
  const before = drawing.line.at(-1);
  drawing.line.push(at);
  if (drawing.tool === 'lasso') {
    drawing.caught = new Set(caughtBy(drawing.line, useCardBoxes.getState().boxes));
  } else if (before) {
    drawing.caught = new Set([...drawing.caught, ...crossedBy(before, at, drawnWires())]);
  }
}

function finish({ tool, caught, adds, line }: Drawing): void {
  if (tool === 'lasso') {
    const { nodeIds, edgeIds, noteIds } = useSelectionStore.getState();
    const notes = caughtBy(line, createBoxIndex(noteBoxes()));
    if (adds) select([...nodeIds, ...caught], edgeIds, [...noteIds, ...notes]);
    else select(caught, [], notes);
  } else if (caught.size > 0) edit(removeEdges([...caught]));
}

/** Draws strokes over the canvas; Escape gives one up. Nothing else hears of the pointer meanwhile. */
export function attachStrokes(canvas: HTMLElement): () => void {
  let drawing: Drawing | null = null;
  /** The button is still down, or the click that follows its release is on the way. */
  let swallows = false;

  const publish = (): void => {
    if (!drawing) return;
    const { tool, path, caught } = drawing;
    useStroke.setState({ stroke: { tool, path, caught: caught.size } });
  };
  const end = (kept: boolean): void => {
    if (!drawing) return;
    const done = drawing;
    mark(canvas, { ...done, caught: new Set() });
    drawing = null;
    useStroke.setState({ armed: null, stroke: null });
    if (kept) finish(done);
  };
  const onPointerDown = (event: PointerEvent): void => {
    if ((event.target as Element).closest('.over, .add-pop, .react-flow__minimap')) return;
    const tool = toolFor(event);
    swallows = tool !== null;
    if (!tool) return;
    event.preventDefault();
    event.stopPropagation();
    const corner = canvas.getBoundingClientRect();
    const last = { x: event.clientX - corner.left, y: event.clientY - corner.top };
    canvas.setPointerCapture(event.pointerId);
    drawing = {
      tool,
      pointerId: event.pointerId,
      line: [toDocument(event.clientX, event.clientY)],
      path: `M${last.x} ${last.y}`,
      last,
      adds: event.shiftKey,
      caught: new Set(),
    };
    publish();
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!drawing || event.pointerId !== drawing.pointerId) return;
    event.stopPropagation();
    const corner = canvas.getBoundingClientRect();
    const at = { x: event.clientX - corner.left, y: event.clientY - corner.top };
    if (Math.hypot(at.x - drawing.last.x, at.y - drawing.last.y) < GRAIN) return;
    drawing.last = at;
    drawing.path += `L${at.x} ${at.y}`;
    extend(drawing, toDocument(event.clientX, event.clientY));
    mark(canvas, drawing);
    publish();
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (event.pointerId !== drawing?.pointerId) return;
    event.stopPropagation();
    end(true);
  };
  const onPointerCancel = (): void => end(false);
  /** What would come of the same press: a pan, a drag of a card, a click on the canvas, a menu. */
  const swallow = (event: Event): void => {
    if (!swallows) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || (!drawing && useStroke.getState().armed === null)) return;
    event.preventDefault();
    event.stopPropagation();
    end(false);
    useStroke.setState({ armed: null });
  };
  const offArmed = useStroke.subscribe(({ armed }) => {
    if (armed === null) delete canvas.dataset.tool;
    else canvas.dataset.tool = armed;
  });
  const kinds = ['mousedown', 'click', 'dblclick', 'contextmenu'] as const;
  canvas.addEventListener('pointerdown', onPointerDown, true);
  canvas.addEventListener('pointermove', onPointerMove, true);
  canvas.addEventListener('pointerup', onPointerUp, true);
  canvas.addEventListener('pointercancel', onPointerCancel, true);
  for (const kind of kinds) canvas.addEventListener(kind, swallow, true);
  window.addEventListener('keydown', onKeyDown, true);
  return () => {
    end(false);
    offArmed();
    canvas.removeEventListener('pointerdown', onPointerDown, true);
    canvas.removeEventListener('pointermove', onPointerMove, true);
    canvas.removeEventListener('pointerup', onPointerUp, true);
    canvas.removeEventListener('pointercancel', onPointerCancel, true);
    for (const kind of kinds) canvas.removeEventListener(kind, swallow, true);
    window.removeEventListener('keydown', onKeyDown, true);
  };
}
