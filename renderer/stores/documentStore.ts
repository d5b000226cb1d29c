import { create } from 'zustand';
import { analyze } from '#shared/compile/analyze.ts';
import { levelAnalysis } from '#shared/compile/levelAnalysis.ts';
import type { Analysis, FactsByNode } from '#shared/compile/plan.ts';
import { editAt, type Level, levelGraph, levelOfChange, reachedLevel } from '#shared/graph/blockLevels.ts';
import type { Command } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import {
  createHistory,
  execute,
  goToStep,
  type History,
  redo,
  sealHistory,
  undo,
} from '#shared/graph/history.ts';
import type { Problem, Result } from '#shared/protocol/problem.ts';
import { ok } from '#shared/protocol/problem.ts';
import { keepPerDocument } from './perDocument.ts';
import { shareAnalysis } from './shareAnalysis.ts';

export const emptyAnalysis: Analysis = {
  nodes: new Map(),
  edges: new Map(),
  problems: [],
  unused: new Set(),
  totals: { parameters: 0, flops: 0, activationBytes: 0 },
};

/** The file behind the document, as it was when last read or written. */
export interface DocumentFile {
  readonly path: string;
  readonly modifiedAt: string;
}

interface OpenState {
  /** Null while none is open. */
  readonly document: GraphDocument | null;
  /** Which block of it is open on the canvas; the empty level is the document itself. */
  readonly level: Level;
  /** The graph on the canvas: the document, or the inside of a block in the form of one. */
  readonly graph: GraphDocument | null;
  readonly history: History | null;
  /** Types, shapes, counts and problems, worked out once per change. */
  readonly analysis: Analysis;
  /** The same of the graph on the canvas, under the ids that its nodes have there. */
  readonly graphAnalysis: Analysis;
  readonly facts: FactsByNode;
  readonly file: DocumentFile | null;
  /** The document as last saved or opened; null for one that was never in a file. */
  readonly savedDocument: GraphDocument | null;
  /** Names the document, its tab and its recovery copy; new with each document opened, empty while none is. */
  readonly recoveryId: string;
}

interface DocumentState extends OpenState {
  /** Shown in place of the document. */
  readonly startOpen: boolean;
}

const nothingOpen: OpenState = {
  document: null,
  level: [],
  graph: null,
  history: null,
  analysis: emptyAnalysis,
  graphAnalysis: emptyAnalysis,
  facts: {},
  file: null,
  savedDocument: null,
  recoveryId: '',
};

/** The document in front; those behind it are in tabStore.ts. */
export const useDocumentStore = create<DocumentState>(() => ({ ...nothingOpen, startOpen: true }));

export const documentPart = keepPerDocument(useDocumentStore, nothingOpen);

/** True while the document differs from its file, or has content but no file. */
export function selectUnsaved(state: Pick<OpenState, 'document' | 'savedDocument'>): boolean {
  return state.document !== null && state.document !== state.savedDocument;
}

function analyzed(document: GraphDocument): Analysis {
  const { analysis, facts } = useDocumentStore.getState();
  return shareAnalysis(analysis, analyze(document, facts));
}

/** What is known of the document's data, found out after it was opened. */
export function setFacts(facts: FactsByNode): void {
  const { document, level } = useDocumentStore.getState();
  if (!document) return;
  useDocumentStore.setState({ facts });
  const analysis = analyzed(document);
  useDocumentStore.setState({ analysis, ...shown(document, analysis, level) });
}

/** What the canvas shows of a document, every unchanged part of it by reference. */
function shown(document: GraphDocument, analysis: Analysis, wanted: Level) {
  const level = reachedLevel(document, wanted);
  const { graphAnalysis, level: before } = useDocumentStore.getState();
  const own = levelAnalysis(document, analysis, level);
  return {
    level,
    graph: levelGraph(document, level),
    graphAnalysis: own === analysis || level !== before ? own : shareAnalysis(graphAnalysis, own),
  };
}

function setHistory(history: History, wanted: Level = useDocumentStore.getState().level): void {
  const { document } = history;
  const { document: before, analysis: known, level } = useDocumentStore.getState();
  if (document === before && wanted === level) {
    useDocumentStore.setState({ history });
    return;
  }
  const analysis = document === before ? known : analyzed(document);
  useDocumentStore.setState({ history, document, analysis, ...shown(document, analysis, wanted) });
}

/** Opens a block on the canvas, or the document itself; as far in as there is something. */
export function showLevel(level: Level): void {
  const { document, analysis } = useDocumentStore.getState();
  if (document) useDocumentStore.setState(shown(document, analysis, level));
}

/** After a change of language: problems name nodes and ports by their titles. */
export function analyzeAgain(): void {
  const { document, facts, level } = useDocumentStore.getState();
  if (!document) return;
  const analysis = analyze(document, facts);
  useDocumentStore.setState({ analysis, ...shown(document, analysis, level) });
}

export interface OpenedDocument {
  readonly document: GraphDocument;
  readonly file?: DocumentFile | null;
  /** False for restored work that its file does not have yet. */
  readonly saved?: boolean;
  readonly recoveryId?: string;
}

/** Puts a document into the place of the one in front, with an empty history (`openTab` opens it beside). */
export function openDocument({ document, file = null, saved = true, recoveryId }: OpenedDocument): void {
  const analysis = analyze(document);
  useDocumentStore.setState({
    document,
    level: [],
    graph: document,
    history: createHistory(document),
    analysis,
    graphAnalysis: analysis,
    facts: {},
    file,
    savedDocument: saved ? document : null,
    recoveryId: recoveryId ?? crypto.randomUUID(),
    startOpen: false,
  });
}

/** Back to the start screen; the document stays until another takes its place. */
export function showStart(open: boolean): void {
  useDocumentStore.setState({ startOpen: open });
}

/** Runs a command on the graph on the canvas, or at another level. A refusal leaves all as it was and says why. */
export function runCommand(
  command: Command,
  level: Level = useDocumentStore.getState().level,
): Result<null, Problem> {
  const { history } = useDocumentStore.getState();
  if (!history) return ok(null);
  const result = execute(history, editAt(level, command));
  if (!result.ok) return result;
  setHistory(result.value);
  return ok(null);
}

/** Ends a row of merging commands, so that the next one is an undo step of its own. */
export function sealEdits(): void {
  const { history } = useDocumentStore.getState();
  if (history) useDocumentStore.setState({ history: sealHistory(history) });
}

/** Goes to another state of the history, and to where something became different by it. */
function travel(to: (history: History) => History): void {
  const { history, level } = useDocumentStore.getState();
  if (!history) return;
  const reached = to(history);
  setHistory(reached, levelOfChange(history.document, reached.document, level));
}

export function undoEdit(): void {
  travel(undo);
}

export function redoEdit(): void {
  travel(redo);
}

/** To the state after so many of the history's steps. */
export function goToEdit(position: number): void {
  travel((history) => goToStep(history, position));
}

export function markSaved(document: GraphDocument, file: DocumentFile): void {
  useDocumentStore.setState({ savedDocument: document, file });
}
