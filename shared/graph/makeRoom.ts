import type { GraphDocument, Point } from './document.ts';
import { carryRoutes } from './routeCommands.ts';

/** The graph with what lies right of `x` further away, or nearer; frames that reach across grow or shrink as much. */
export function makeRoom(document: GraphDocument, x: number, by: number): GraphDocument {
  if (by === 0) return document;
  const aside = <P extends { readonly position: Point }>(part: P): P =>
    part.position.x > x ? { ...part, position: { ...part.position, x: part.position.x + by } } : part;
  const nodes = document.nodes.map(aside);
  const shifts = new Map(
    nodes.flatMap((node, at) => (node === document.nodes[at] ? [] : [[node.id, { x: by, y: 0 }] as const])),
  );
  return {
    ...document,
    nodes,
    edges: carryRoutes(document.edges, shifts),
    ...(document.notes && { notes: document.notes.map(aside) }),
    ...(document.frames && {
      frames: document.frames.map((frame) =>
        frame.position.x <= x && frame.position.x + frame.size.width > x
          ? { ...frame, size: { ...frame.size, width: Math.max(1, frame.size.width + by) } }
          : aside(frame),
      ),
    }),
  };
}
