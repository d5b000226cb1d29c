import { beforeEach, describe, expect, it } from 'vitest';
import { closeTab } from '#renderer/shell/appCommands.ts';
import { openDocument, runCommand, undoEdit, useDocumentStore } from '#renderer/stores/documentStore.ts';
import { putParts } from '#renderer/stores/perDocument.ts';
import { runPart, useRunStore } from '#renderer/stores/runStore.ts';
import { select, useSelectionStore } from '#renderer/stores/selectionStore.ts';
import {
  dropTab,
  frontTab,
  moveTab,
  nextTab,
  openTab,
  openTabs,
  setTabPart,
  showTab,
  tabPart,
  useTabStore,
} from '#renderer/stores/tabStore.ts';
import { useToastStore } from '#renderer/stores/toastStore.ts';
import { addNode, renameDocument } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { graphDocumentSchema } from '#shared/graph/document.ts';
import { templates } from '#shared/templates/index.ts';

const [one, two, three] = templates.map(({ document }) => document) as [
  GraphDocument,
  GraphDocument,
  GraphDocument,
];
const empty = graphDocumentSchema.parse({
  format: 'neuroloom',
  version: 1,
  name: 'new',
  nodes: [],
  edges: [],
});
const names = (): string[] => openTabs().map(({ state }) => state.document?.name ?? '');

describe('tabs', () => {
  beforeEach(() => {
    putParts(undefined);
    useTabStore.setState({ order: [], parked: new Map() });
    openTab({ document: one });
    openTab({ document: two });
  });

  it('says of one that is closed while it trains that the training goes on, and offers to end it', async () => {
    useToastStore.setState({ toasts: [] });
    await closeTab();
    expect(useToastStore.getState().toasts).toEqual([]);
    useRunStore.setState({ currentRunId: 'of-one', state: 'training' });
    await closeTab();
    const [toast] = useToastStore.getState().toasts;
    expect(toast).toMatchObject({ tone: 'info', text: expect.stringContaining(one.name) });
    expect(toast?.action?.label).toBe('Stop');
  });

  it('gives each document its own history, selection and run', () => {
    const [first, second] = useTabStore.getState().order as [string, string];
    runCommand(addNode({ kind: 'relu', position: { x: 0, y: 0 } }));
    select(['a', 'b']);
    useRunStore.setState({ currentRunId: 'of-two', state: 'training' });
    showTab(first);
    expect(useDocumentStore.getState().document).toBe(one);
    expect(useDocumentStore.getState().history?.past).toEqual([]);
    expect(useSelectionStore.getState().nodeIds.size).toBe(0);
    expect(useRunStore.getState()).toMatchObject({ currentRunId: null, state: null });
    // What happens to a document behind is there when it comes to the front.
    setTabPart(second, runPart, { state: 'finished' });
    expect(useRunStore.getState().state).toBe(null);
    showTab(second);
    expect(useRunStore.getState()).toMatchObject({ currentRunId: 'of-two', state: 'finished' });
    expect([...useSelectionStore.getState().nodeIds]).toEqual(['a', 'b']);
    undoEdit();
    expect(useDocumentStore.getState().document).toBe(two);
  });

  it('goes round in a row, and puts a document elsewhere in it', () => {
    openTab({ document: three });
    showTab(nextTab(1) ?? '');
    expect(useDocumentStore.getState().document).toBe(one);
    showTab(nextTab(-1) ?? '');
    expect(useDocumentStore.getState().document).toBe(three);
    moveTab(frontTab(), 0);
    expect(names()).toEqual([three.name, one.name, two.name]);
  });

  it('opens beside the one in front, in place of a new graph that nobody touched', () => {
    showTab(nextTab(1) ?? '');
    openTab({ document: empty });
    expect(names()).toEqual([one.name, 'new', two.name]);
    openTab({ document: three });
    expect(names()).toEqual([one.name, three.name, two.name]);
    openTab({ document: empty });
    runCommand(renameDocument('mine'));
    openTab({ document: three });
    expect(names()).toEqual([one.name, three.name, 'mine', three.name, two.name]);
  });

  it('shows the neighbour of one that is closed, and the start screen after the last', () => {
    const [first, second] = useTabStore.getState().order as [string, string];
    showTab(first);
    dropTab(second);
    expect(names()).toEqual([one.name]);
    expect(useDocumentStore.getState().document).toBe(one);
    dropTab(first);
    expect(useDocumentStore.getState()).toMatchObject({ document: null, recoveryId: '', startOpen: true });
    // Nothing of the window's present state is taken for that of one that is gone.
    openDocument({ document: three });
    expect(tabPart(second, runPart).currentRunId).toBe(null);
    expect(openTabs()).toEqual([]);
  });
});
