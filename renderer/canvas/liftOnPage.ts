import { edgeId, type Point } from '#shared/graph/document.ts';
import { useLift } from './lift.ts';
import type { Ends, WireShape } from './wireEnds.ts';
import { wireLane, wirePath } from './wirePath.ts';

/** A wire as it is drawn while everything rests. */
export interface DrawnWire {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly ends: Ends;
  readonly lane: number | null;
  /** Points that it is led through. */
  readonly via: readonly Point[];
  readonly shape: WireShape;
  /** Holds the paths. */
  readonly group: SVGGElement;
  readonly chip: HTMLElement | null;
  /** Holds the handles at the points that it is led through. */
  readonly points: HTMLElement | null;
}

const drawn = new Set<DrawnWire>();
/** Counts the changes of `drawn`, so that a wire drawn anew while cards are in hand is taken along. */
let edition = 0;

/** Makes a wire known; returns how to withdraw it. */
export function enrolWire(wire: DrawnWire): () => void {
  drawn.add(wire);
  edition += 1;
  return () => {
    drawn.delete(wire);
    edition += 1;
  };
}

interface Held {
  readonly nodeIds: ReadonlySet<string>;
  readonly edition: number;
  readonly cards: readonly HTMLElement[];
  /** Wires between two cards in hand. */
  readonly whole: readonly DrawnWire[];
  /** Wires from a card in hand to one that rests. */
  readonly stretched: readonly DrawnWire[];
}

const nothing: Held = { nodeIds: new Set(), edition: 0, cards: [], whole: [], stretched: [] };

function pickUp(canvas: HTMLElement, nodeIds: ReadonlySet<string>): Held {
  const cards = canvas.querySelectorAll<HTMLElement>('.react-flow__node, .react-flow__nodesselection-rect');
  const wires = [...drawn].filter(({ group }) => canvas.contains(group));
  return {
    nodeIds,
    edition,
    cards: [...cards].filter(({ dataset: { id } }) => id === undefined || nodeIds.has(id)),
    whole: wires.filter(({ source, target }) => nodeIds.has(source) && nodeIds.has(target)),
    stretched: wires.filter(({ source, target }) => nodeIds.has(source) !== nodeIds.has(target)),
  };
}

export const drawnWires = (): Iterable<DrawnWire> => drawn;

const shiftOf = (x: number, y: number): string => `${x}px ${y}px`;

function draw({ group, chip, shape: [, restX, restY] }: DrawnWire, [path, x, y]: WireShape): void {
  for (const part of group.children) part.setAttribute('d', path);
  if (chip) chip.style.translate = shiftOf(x - restX, y - restY);
}

/** The wire with the end that is in hand moved on. It looks for a lane between the cards only when it rests. */
function stretch({ ends, via }: DrawnWire, atSource: boolean, { x, y }: Point): WireShape {
  const now = atSource
    ? { ...ends, sourceX: ends.sourceX + x, sourceY: ends.sourceY + y }
    : { ...ends, targetX: ends.targetX + x, targetY: ends.targetY + y };
  return via.length > 0 ? wirePath(now, null, via) : wirePath(now, wireLane(now, [], []));
}

/** Shows what is in hand at this distance from where it rests. */
function show({ nodeIds, cards, whole, stretched }: Held, by: Point): void {
  const shift = shiftOf(by.x, by.y);
  for (const card of cards) card.style.translate = shift;
  for (const { group, chip, points } of whole) {
    for (const part of [group, chip, points]) if (part) part.style.translate = shift;
  }
  for (const wire of stretched) draw(wire, stretch(wire, nodeIds.has(wire.source), by));
}

/** Shows what was in hand where React has it. What React has drawn anew since is left alone. */
function letGo({ cards, whole, stretched }: Held): void {
  for (const card of cards) card.style.translate = '';
  for (const { group, chip, points } of whole) {
    for (const part of [group, chip, points]) if (part) part.style.translate = '';
  }
  for (const wire of stretched) if (drawn.has(wire)) draw(wire, wire.shape);
}

/** Marks the wire that the card in hand would go into. */
function markReceiving(id: string | null): void {
  for (const wire of drawn) wire.group.classList.toggle('receiving', wire.id === id);
}

/** Moves the cards in hand on the page, with their wires and the frame of a selection. */
export function attachLift(canvas: HTMLElement): () => void {
  let held = nothing;
  let receiving: string | null = null;
  return useLift.subscribe(({ nodeIds, by, into }) => {
    if (nodeIds !== held.nodeIds || (nodeIds.size > 0 && edition !== held.edition)) {
      letGo(held);
      held = nodeIds.size > 0 ? pickUp(canvas, nodeIds) : nothing;
    }
    if (held !== nothing) show(held, by);
    const next = into && edgeId(into);
    if (next !== receiving) markReceiving(next);
    receiving = next;
  });
}
