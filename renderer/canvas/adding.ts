import { addNext } from './addNext.ts';
import { addAtEnd } from './addNodes.ts';
import { addNear, type Point } from './canvasApi.ts';
import type { FixedEnd } from './fitting.ts';

/** A search for a node to add. */
export interface Adding {
  /** Where the search stands, in pixels from the canvas' corner. */
  readonly left: number;
  readonly top: number;
  /** Where the node goes; null beside the selected one, as from the library. */
  readonly at: Point | null;
  /** The wire that is to lead to the node. */
  readonly end: FixedEnd | null;
}

/** From the corner of a card to its first port. */
const PORT = { x: 0, y: 46 };
const CARD_WIDTH = 160;

/** Adds what was found. */
export function addFound(kind: string, { at, end }: Adding): void {
  if (!at) addNext(kind);
  else if (!end) addNear(kind, at);
  else {
    const left = end.side === 'source' ? at.x - PORT.x : at.x - CARD_WIDTH;
    addAtEnd(kind, { x: left, y: at.y - PORT.y }, end);
  }
}
