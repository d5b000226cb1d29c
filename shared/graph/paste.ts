import { fail, ok } from '../protocol/problem.ts';
import { sharing } from './blockSharing.ts';
import type { Fragment } from './clipboard.ts';
import type { Command } from './command.ts';
import { BLOCK_KIND, type GraphDocument, type NodeInstance, type Note, type Point } from './document.ts';
import { importBlocks, withBlock } from './importBlocks.ts';
import { nodeIdsFor } from './nodeCommands.ts';
import { nextNoteId } from './noteCommands.ts';

/** The notes of a document with copied ones under fresh ids. */
function withNotes(document: GraphDocument, copied: readonly Note[], offset: Point): Note[] {
  const notes = [...(document.notes ?? [])];
  for (const note of copied) {
    const position = { x: note.position.x + offset.x, y: note.position.y + offset.y };
    notes.push({ ...note, id: nextNoteId({ ...document, notes }), position });
  }
  return notes;
}

/** Adds copied nodes and notes under fresh ids, moved by `offset`, with the wires among them and the variables they lack. */
export function paste(
  fragment: Fragment,
  offset: NodeInstance['position'],
  as: 'paste' | 'duplicate' = 'paste',
): Command {
  return {
    label: { key: as, data: { count: fragment.nodes.length + (fragment.notes?.length ?? 0) } },
    apply(document) {
      const { notes = [] } = fragment;
      if (fragment.nodes.length === 0 && notes.length === 0) {
        return fail({ code: 'clipboard-not-a-graph', severity: 'error', data: {} });
      }
      const freshIds = new Map<string, string>();
      const { blocks, ids: blockIds } = importBlocks(document, fragment.blocks ?? []);
      const nextId = nodeIdsFor(document);
      const pasted: NodeInstance[] = [];
      for (const node of fragment.nodes) {
        const block = node.kind === BLOCK_KIND ? String(node.params.block) : undefined;
        const taken = block === undefined ? undefined : (blockIds.get(block) ?? block);
        const id = nextId(taken ?? node.kind);
        freshIds.set(node.id, id);
        const position = { x: node.position.x + offset.x, y: node.position.y + offset.y };
        const placed = taken === undefined ? node : withBlock(node, taken);
        pasted.push({ ...placed, id, position });
      }
      const edges = fragment.edges.flatMap((edge) => {
        const from = freshIds.get(edge.from.node);
        const to = freshIds.get(edge.to.node);
        if (from === undefined || to === undefined) return [];
        const via = edge.via?.map(({ x, y }) => ({ x: x + offset.x, y: y + offset.y }));
        return [
          {
            ...edge,
            from: { ...edge.from, node: from },
            to: { ...edge.to, node: to },
            ...(via && { via }),
          },
        ];
      });
      const known = new Set(document.variables?.map(({ name }) => name));
      const variables = fragment.variables?.filter(({ name }) => !known.has(name)) ?? [];
      const added = pasted.map((node) => {
        const owner = node.params.shareWith;
        return typeof owner === 'string' ? sharing(node, freshIds.get(owner)) : node;
      });
      return ok({
        ...document,
        ...(fragment.blocks && { blocks: [...blocks] }),
        nodes: [...document.nodes, ...added],
        ...(notes.length > 0 && { notes: withNotes(document, notes, offset) }),
        edges: [...document.edges, ...edges],
        ...(variables.length > 0 && { variables: [...(document.variables ?? []), ...variables] }),
      });
    },
  };
}
