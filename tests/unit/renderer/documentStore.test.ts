import { beforeEach, describe, expect, it } from 'vitest';
import {
  markSaved,
  openDocument,
  redoEdit,
  runCommand,
  selectUnsaved,
  undoEdit,
  useDocumentStore,
} from '#renderer/stores/documentStore.ts';
import { addNode, moveNodes, removeNodes, setParam } from '#shared/graph/commands.ts';
import { templates } from '#shared/templates/index.ts';

const cnn = templates.find(({ id }) => id === 'cnn-mnist');
const state = () => useDocumentStore.getState();
const firstOf = (kind: string): string =>
  state().document?.nodes.find((node) => node.kind === kind)?.id ?? '';

describe('documentStore', () => {
  beforeEach(() => {
    if (!cnn) throw new Error('no CNN template');
    openDocument({ document: cnn.document });
  });

  it('opens a document saved, analysed and without history', () => {
    expect(selectUnsaved(state())).toBe(false);
    expect(state().history?.past).toEqual([]);
    expect(state().analysis.problems).toEqual([]);
    expect(state().analysis.totals.parameters).toBeGreaterThan(100_000);
  });

  it('marks edits as unsaved, and undo back to the saved document as saved', () => {
    runCommand(setParam(firstOf('dense'), 'units', 7));
    expect(selectUnsaved(state())).toBe(true);
    undoEdit();
    expect(selectUnsaved(state())).toBe(false);
    expect(state().history?.future).toHaveLength(1);
    redoEdit();
    expect(selectUnsaved(state())).toBe(true);
    const { document } = state();
    if (document) markSaved(document, { path: '/a.json', modifiedAt: '' });
    expect(selectUnsaved(state())).toBe(false);
    expect(state().file?.path).toBe('/a.json');
  });

  it('keeps the document and says why where a command is refused', () => {
    const before = state().document;
    const result = runCommand(removeNodes(['no-such-node']));
    expect(result.ok).toBe(false);
    expect(state().document).toBe(before);
  });

  it('keeps the analysis of nodes that an edit does not reach by reference', () => {
    const before = state().analysis;
    runCommand(moveNodes({ [firstOf('mnist')]: { x: -500, y: 0 } }));
    for (const [id, analysis] of before.nodes) expect(state().analysis.nodes.get(id)).toBe(analysis);
    runCommand(setParam(firstOf('adam'), 'learningRate', 0.5));
    expect(state().analysis.nodes.get(firstOf('conv2d'))).toBe(before.nodes.get(firstOf('conv2d')));
    runCommand(setParam(firstOf('conv2d'), 'filters', 8));
    expect(state().analysis.nodes.get(firstOf('conv2d'))).not.toBe(before.nodes.get(firstOf('conv2d')));
    expect(state().analysis.nodes.get(firstOf('mnist'))).toBe(before.nodes.get(firstOf('mnist')));
  });

  it('finds problems as the graph changes', () => {
    runCommand(removeNodes([firstOf('flatten')]));
    expect(state().analysis.problems.length).toBeGreaterThan(0);
    undoEdit();
    expect(state().analysis.problems).toEqual([]);
    runCommand(addNode({ kind: 'dense', position: { x: 0, y: 0 } }));
    expect(state().document?.nodes.length).toBe((cnn?.document.nodes.length ?? 0) + 1);
  });
});
