import type { Level } from '#shared/graph/blockLevels.ts';
import type { Command } from '#shared/graph/commands.ts';
import type { Point } from '#shared/graph/document.ts';
import { addedNodeIds } from '#shared/graph/selectors.ts';
import { addNew } from '../blocks/newNode.ts';
import { problemText } from '../i18n/problemText.ts';
import { noteUsed } from '../library/libraryStore.ts';
import { runCommand, useDocumentStore } from '../stores/documentStore.ts';
import { select, useSelectionStore } from '../stores/selectionStore.ts';
import { showToast } from '../stores/toastStore.ts';
import { focusSelectedSoon, isOnCanvas } from './canvasFocus.ts';
import type { Box } from './wirePath.ts';

export type { Point };

/** What the rest of the window may ask of the canvas on screen. */
interface CanvasView {
  /** Middle of what is in sight, in document coordinates. */
  center(): Point;
  /** What is in sight, in document coordinates. */
  sight(): Omit<Box, 'id'>;
  /** A place of the window, in document coordinates. */
  toDocument(clientX: number, clientY: number): Point;
  /** Brings a place into sight, if it is not there yet, without zooming. */
  show(place: Point): void;
  /** Lets the user choose a wire for this node from a list. */
  connect(nodeId: string): void;
}

let view: CanvasView | null = null;
export function setCanvasView(next: CanvasView | null): void {
  view = next;
}

/** Runs a command and says so where it is refused. True when it was carried out. Without a level at that on the canvas. */
export function edit(command: Command, level?: Level): boolean {
  const result = runCommand(command, level);
  if (!result.ok) showToast({ tone: 'warning', text: problemText(result.error) });
  return result.ok;
}

/** The same for what concerns the document as a whole, whatever block is open. */
export const editDocument = (command: Command): boolean => edit(command, []);

/** Runs a command and selects the nodes and notes that it added. */
export function editAndSelect(command: Command): readonly string[] {
  const before = useDocumentStore.getState().graph;
  const keyboardHere = isOnCanvas();
  if (!edit(command)) return [];
  const after = useDocumentStore.getState().graph;
  const added = before && after ? addedNodeIds(before, after) : [];
  const known = new Set(before?.notes?.map(({ id }) => id));
  const notes = after?.notes?.flatMap(({ id }) => (known.has(id) ? [] : [id])) ?? [];
  if (added.length + notes.length > 0) select(added, [], notes);
  if (added.length === 1 && keyboardHere) focusSelectedSoon();
  return added;
}

const SIZE = { width: 160, height: 90 };
const STEP = 24;

/** The nearest place down and to the right of `at` where no other node starts. */
function freePlace(at: Point): Point {
  const nodes = useDocumentStore.getState().graph?.nodes ?? [];
  let place = at;
  for (let tries = 0; tries < 200; tries++) {
    const { x, y } = place;
    const taken = nodes.some(
      ({ position }) => Math.abs(position.x - x) < STEP && Math.abs(position.y - y) < STEP,
    );
    if (!taken) break;
    place = { x: x + STEP, y: y + STEP };
  }
  return place;
}

export const showPlace = (place: Point): void => view?.show(place);

/** The middle of what is in sight, in document coordinates. */
export const canvasCenter = (): Point => view?.center() ?? { x: 0, y: 0 };

/** What is in sight, in document coordinates; null while there is no canvas. */
export const canvasSight = (): Omit<Box, 'id'> | null => view?.sight() ?? null;

/** A place of the window in document coordinates. */
export function toDocument(clientX: number, clientY: number): Point {
  return view?.toDocument(clientX, clientY) ?? { x: clientX, y: clientY };
}

export function addAt(kind: string, at: Point): void {
  noteUsed(kind);
  editAndSelect(addNew(kind, { x: Math.round(at.x), y: Math.round(at.y) }));
}

/** The same at the nearest place where no other node begins: by keys several come to where the pointer rests. */
export function addNear(kind: string, at: Point): void {
  addAt(kind, freePlace({ x: Math.round(at.x), y: Math.round(at.y) }));
}

/** Opens the list of wires that the one selected node may have. */
export function connectSelection(): void {
  const [nodeId, ...others] = useSelectionStore.getState().nodeIds;
  if (nodeId !== undefined && others.length === 0) view?.connect(nodeId);
}

/** Adds a node in the middle of what is in sight, as a click in the library does. */
export function addAtCenter(kind: string): void {
  const center = canvasCenter();
  const position = freePlace({
    x: Math.round(center.x - SIZE.width / 2),
    y: Math.round(center.y - SIZE.height / 2),
  });
  noteUsed(kind);
  editAndSelect(addNew(kind, position));
}
