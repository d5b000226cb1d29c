import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editAt } from '#shared/graph/blockLevels.ts';
import {
  addNode,
  addNote,
  addVariable,
  type Command,
  connect,
  makeBlock,
  moveNodes,
  removeEdges,
  removeNodes,
  setParam,
  setTitle,
  setTraining,
} from '#shared/graph/commands.ts';
import { compareDocuments, sizeOf } from '#shared/graph/compareDocuments.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { mergeDocuments } from '#shared/graph/mergeDocuments.ts';
import { templates } from '#shared/templates/index.ts';

const base = templates.find(({ id }) => id === 'cnn-mnist')?.document as GraphDocument;
const conv = base.nodes.find(({ kind }) => kind === 'conv2d')?.id ?? '';
/** The same with a parameter alone: what is left out has its default. */
const lean: GraphDocument = {
  ...base,
  nodes: base.nodes.map((node) =>
    node.id === conv ? { ...node, params: { filters: node.params.filters ?? 1 } } : node,
  ),
};
const apply = (document: GraphDocument, ...commands: readonly Command[]): GraphDocument =>
  commands.reduce((before, command) => {
    const result = command.apply(before);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  }, document);
/** As it comes out of a file: no part is the same object. */
const reread = (document: GraphDocument): GraphDocument =>
  JSON.parse(JSON.stringify(document)) as GraphDocument;
const total = ({ graph, blocks, fields }: ReturnType<typeof compareDocuments>): number =>
  sizeOf(graph) + blocks.length + fields.length;

describe('compareDocuments', () => {
  it('finds nothing between a document and the same read again, for every template', () => {
    for (const { document } of templates) {
      const changes = compareDocuments(document, reread(document));
      expect(total(changes)).toBe(0);
      expect(changes.graph.moved).toBe(0);
    }
  });

  it('names which parameters changed, from and to, with the default of one that was left out', () => {
    const filters = base.nodes.find(({ id }) => id === conv)?.params.filters;
    const after = apply(lean, setParam(conv, 'filters', 7), setParam(conv, 'bias', false));
    const change = compareDocuments(reread(lean), after).graph.nodes.get(conv);
    expect(change?.kind).toBe('changed');
    expect(change?.fields).toEqual([
      { path: ['params', 'filters'], before: filters, after: 7 },
      { path: ['params', 'bias'], before: true, after: false },
    ]);
  });

  it('takes a default that is written out for no change', () => {
    const written = apply(lean, setParam(conv, 'bias', true));
    expect(written).not.toEqual(lean);
    expect(total(compareDocuments(lean, written))).toBe(0);
  });

  it('tells added, removed and merely moved nodes and wires apart', () => {
    const [edge] = base.edges;
    if (!edge) throw new Error('no wire');
    const after = apply(
      base,
      addNode({ kind: 'relu', id: 'new', position: { x: 0, y: 0 } }),
      removeEdges([edgeId(edge)]),
      connect(edge.from, { node: 'new', port: 'x' }),
      moveNodes({ [conv]: { x: 999, y: 999 } }),
    );
    const { graph } = compareDocuments(base, after);
    expect([...graph.nodes].map(([id, { kind }]) => [id, kind])).toEqual([['new', 'added']]);
    expect([...graph.edges.values()].map(({ kind }) => kind).toSorted()).toEqual(['added', 'removed']);
    expect(graph.moved).toBe(1);
    const back = compareDocuments(after, base).graph;
    expect([...back.nodes].map(([id, { kind }]) => [id, kind])).toEqual([['new', 'removed']]);
  });

  it('sees the order of wires into a port that takes several', () => {
    const document = apply(
      { ...base, nodes: [], edges: [] },
      ...['a', 'b'].map((id) => addNode({ kind: 'relu', id, position: { x: 0, y: 0 } })),
      addNode({ kind: 'add', id: 'sum', position: { x: 0, y: 0 } }),
    );
    const wires = ['a', 'b'].map((node) => ({
      from: { node, port: 'y' },
      to: { node: 'sum', port: 'values' },
    }));
    const one = { ...document, edges: wires };
    const other = { ...document, edges: wires.toReversed() };
    const fields = [...compareDocuments(one, other).graph.edges.values()].flatMap((change) => change.fields);
    expect(fields).toEqual([
      { path: ['order'], before: 2, after: 1 },
      { path: ['order'], before: 1, after: 2 },
    ]);
  });

  it('looks into blocks, and names those that a changed one is in', () => {
    const inner = apply(base, makeBlock({ ids: [conv], title: 'Inner' }));
    const innerId = inner.blocks?.[0]?.id ?? '';
    const instance = inner.nodes.find(({ kind }) => kind === 'block')?.id ?? '';
    const outer = apply(inner, makeBlock({ ids: [instance], title: 'Outer' }));
    const outerId = outer.blocks?.find(({ id }) => id !== innerId)?.id ?? '';
    const place = outer.nodes.find(({ kind }) => kind === 'block')?.id ?? '';
    const inside = outer.blocks?.find(({ id }) => id === outerId)?.nodes[0]?.id ?? '';
    const level = [
      { instance: place, copy: 1 },
      { instance: inside, copy: 1 },
    ];
    const after = apply(outer, editAt(level, setParam(conv, 'filters', 5)));
    const changes = compareDocuments(outer, after);
    expect(sizeOf(changes.graph)).toBe(0);
    expect(changes.blocks.map(({ id, kind }) => [id, kind])).toEqual([[innerId, 'changed']]);
    expect(changes.blocks[0]?.inside.nodes.get(conv)?.fields).toMatchObject([
      { path: ['params', 'filters'], after: 5 },
    ]);
    expect([...changes.changedBlocks].toSorted()).toEqual([innerId, outerId].toSorted());
  });

  it('tells settings, variables, notes and frames', () => {
    const after = apply(
      base,
      setTraining({ epochs: 99 }),
      addVariable({ name: 'width', value: 3 }),
      addNote({
        id: 'n',
        text: 'x',
        color: 'neutral',
        position: { x: 0, y: 0 },
        size: { width: 9, height: 9 },
      }),
    );
    const { fields, graph } = compareDocuments(base, after);
    expect(fields).toMatchObject([
      { path: ['training', 'epochs'], after: 99 },
      { path: ['variables', 'width'], before: undefined },
    ]);
    expect(graph.notes.get('n')?.kind).toBe('added');
  });

  it('agrees with the merge: what one side changed is what differs afterwards', () => {
    const ids = base.nodes.map(({ id }) => id);
    const edit = fc.oneof(
      fc
        .tuple(fc.constantFrom(...ids), fc.string({ minLength: 1, maxLength: 5 }))
        .map(([id, name]) => setTitle(id, name)),
      fc.constantFrom(...ids).map((id) => removeNodes([id])),
      fc.constantFrom(...ids).map((id) => setParam(id, 'fresh', 1)),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (commands) => {
        const theirs = commands.reduce((document, command) => {
          const result = command.apply(document);
          return result.ok ? result.value : document;
        }, base);
        const merged = mergeDocuments(base, reread(base), reread(theirs)).document;
        expect(total(compareDocuments(merged, theirs))).toBe(0);
        expect(total(compareDocuments(base, merged))).toBe(total(compareDocuments(base, theirs)));
      }),
      { numRuns: 40 },
    );
  });
});
