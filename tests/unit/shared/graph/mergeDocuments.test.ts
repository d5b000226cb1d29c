import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNode,
  type Command,
  moveNodes,
  removeNodes,
  renameDocument,
  setParam,
  setTitle,
  setTraining,
} from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { mergeDocuments } from '#shared/graph/mergeDocuments.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { templates } from '#shared/templates/index.ts';

const base = templates.find(({ id }) => id === 'cnn-mnist')?.document as GraphDocument;
const ids = base.nodes.map(({ id }) => id);
const idOf = (kind: string): string => base.nodes.find((node) => node.kind === kind)?.id ?? '';
const apply = (document: GraphDocument, ...commands: readonly Command[]): GraphDocument =>
  commands.reduce((before, command) => {
    const result = command.apply(before);
    return result.ok ? result.value : before;
  }, document);

/** Edits of the nodes at some places, with new nodes named by the side. */
const edits = (side: string, places: readonly number[]): fc.Arbitrary<Command[]> => {
  const id = fc.constantFrom(...places.map((place) => ids[place] ?? ''));
  return fc.array(
    fc.oneof(
      fc
        .tuple(id, fc.integer({ min: 1, max: 9 }))
        .map(([node, value]) => setParam(node, `${side}-param`, value)),
      fc
        .tuple(id, fc.string({ minLength: 1, maxLength: 8 }))
        .map(([node, title]) => setTitle(node, `${side}${title}`)),
      fc.tuple(id, fc.integer()).map(([node, x]) => moveNodes({ [node]: { x, y: 0 } })),
      id.map((node) => removeNodes([node])),
      fc
        .integer({ min: 1, max: 5 })
        .map((at) => addNode({ kind: 'relu', id: `${side}-${at}`, position: { x: at, y: at } })),
    ),
    { maxLength: 8 },
  );
};
const half = Math.floor(ids.length / 2);
const [left, right] = [ids.map((_, at) => at).slice(0, half), ids.map((_, at) => at).slice(half)];
/** The same but for order, which is each side’s own. */
const sorted = (document: GraphDocument): unknown => ({
  ...document,
  nodes: document.nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  edges: document.edges.map((edge) => JSON.stringify(edge)).toSorted(),
});

describe('mergeDocuments', () => {
  it('gives the other side where one is as before', () => {
    fc.assert(
      fc.property(edits('a', [...left, ...right]), (commands) => {
        const changed = apply(base, ...commands);
        expect(mergeDocuments(base, base, changed)).toEqual({ document: changed, conflicts: [] });
        expect(mergeDocuments(base, changed, base)).toEqual({ document: changed, conflicts: [] });
        expect(mergeDocuments(base, changed, changed)).toEqual({ document: changed, conflicts: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('joins edits of different nodes, the same from either side, into a document that opens', () => {
    fc.assert(
      fc.property(edits('a', left), edits('b', right), (mine, other) => {
        const [ours, theirs] = [apply(base, ...mine), apply(base, ...other)];
        const one = mergeDocuments(base, ours, theirs);
        const two = mergeDocuments(base, theirs, ours);
        expect(one.conflicts).toEqual([]);
        expect(sorted(one.document)).toEqual(sorted(two.document));
        expect(sorted(one.document)).toEqual(sorted(apply(ours, ...other)));
        expect(parseDocument(serializeDocument(one.document)).ok).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('joins different parameters of one node, and settings', () => {
    const conv = idOf('conv2d');
    const ours = apply(base, setParam(conv, 'filters', 7), setTraining({ epochs: 9 }));
    const theirs = apply(base, setParam(conv, 'strides', [2, 2]), setTraining({ batchSize: 8 }));
    const { document, conflicts } = mergeDocuments(base, ours, theirs);
    expect(conflicts).toEqual([]);
    expect(document.nodes.find(({ id }) => id === conv)?.params).toMatchObject({
      filters: 7,
      strides: [2, 2],
    });
    expect(document.training).toMatchObject({ epochs: 9, batchSize: 8 });
  });

  it('names what both sides changed, and keeps ours; places are no conflict', () => {
    const conv = idOf('conv2d');
    const ours = apply(base, setParam(conv, 'filters', 7), moveNodes({ [conv]: { x: 1, y: 1 } }));
    const theirs = apply(
      base,
      setParam(conv, 'filters', 9),
      moveNodes({ [conv]: { x: 2, y: 2 } }),
      renameDocument('x'),
    );
    const { document, conflicts } = mergeDocuments(base, ours, theirs);
    expect(conflicts).toMatchObject([{ path: `nodes[${conv}].params.filters`, ours: 7, theirs: 9 }]);
    expect(document.nodes.find(({ id }) => id === conv)).toMatchObject({
      params: { filters: 7 },
      position: { x: 1, y: 1 },
    });
    expect(document.name).toBe('x');
  });

  it('a node removed here and changed there is a conflict and stays; one that was only moved goes', () => {
    const conv = idOf('conv2d');
    const removed = apply(base, removeNodes([conv]));
    const changed = mergeDocuments(base, removed, apply(base, setParam(conv, 'filters', 9)));
    expect(changed.conflicts.map(({ path }) => path)).toEqual([`nodes[${conv}]`]);
    expect(changed.document.nodes.some(({ id }) => id === conv)).toBe(true);
    const moved = mergeDocuments(base, removed, apply(base, moveNodes({ [conv]: { x: 9, y: 9 } })));
    expect(moved.conflicts).toEqual([]);
    expect(sorted(moved.document)).toEqual(sorted(removed));
  });
});
