import { ok } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import type { GraphDocument, Point } from './document.ts';
import { moveNodes } from './nodeCommands.ts';
import { rounded } from './rounded.ts';

interface Parts {
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
}

/** Moves nodes and notes by the same distance; moves of the same ones in a row are one step of undo. */
export function moveParts({ nodes, notes }: Parts, by: Point): Command {
  const moved = ({ x, y }: Point): Point => ({ x: rounded(x + by.x), y: rounded(y + by.y) });
  return {
    label: {
      key: notes.length > 0 ? 'move-parts' : 'move-nodes',
      data: { count: nodes.length + notes.length },
    },
    mergeKey: `move:${[...nodes, ...notes].toSorted().join(',')}`,
    apply(document) {
      const wanted = new Set(nodes);
      const places = document.nodes.flatMap(({ id, position }) =>
        wanted.has(id) ? [[id, moved(position)] as const] : [],
      );
      const carried =
        places.length > 0 ? moveNodes(Object.fromEntries(places)).apply(document) : ok(document);
      if (!carried.ok || notes.length === 0) return carried;
      const next: GraphDocument = {
        ...carried.value,
        notes: (document.notes ?? []).map((note) =>
          notes.includes(note.id) ? { ...note, position: moved(note.position) } : note,
        ),
      };
      return ok(next);
    },
  };
}
