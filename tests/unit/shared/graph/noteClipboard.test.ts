import { expect, it } from 'vitest';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import { addNode, addNote, type Command, moveParts, paste } from '#shared/graph/commands.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';

const apply = (document: GraphDocument, ...commands: readonly Command[]): GraphDocument =>
  commands.reduce((before, command) => {
    const result = command.apply(before);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  }, document);
const empty = graphDocumentSchema.parse({ format: 'neuroloom', version: 1, name: '', nodes: [], edges: [] });
const document = apply(
  empty,
  addNode({ kind: 'relu', id: 'relu', position: { x: 5, y: 5 } }),
  addNote({
    id: 'note-1',
    text: '# Why',
    color: 'blue',
    position: { x: 10, y: 20 },
    size: { width: 100, height: 60 },
  }),
);

it('notes are copied and pasted under ids of their own, alone or with nodes', () => {
  for (const nodes of [[], ['relu']]) {
    const fragment = parseFragment(copyFragment(document, nodes, ['note-1']));
    if (!fragment.ok) throw new Error('no fragment');
    const after = apply(document, paste(fragment.value, { x: 32, y: 32 }));
    expect(after.notes).toMatchObject([
      { id: 'note-1', position: { x: 10, y: 20 } },
      { id: 'note-2', text: '# Why', color: 'blue', position: { x: 42, y: 52 } },
    ]);
    expect(after.nodes).toHaveLength(1 + nodes.length);
  }
  expect(copyFragment(document, ['relu'])).not.toContain('note');
});

it('nodes and notes move together', () => {
  const after = apply(document, moveParts({ nodes: ['relu'], notes: ['note-1'] }, { x: -5, y: 7.4 }));
  expect(after.nodes[0]?.position).toEqual({ x: 0, y: 12 });
  expect(after.notes?.[0]?.position).toEqual({ x: 5, y: 27 });
});
