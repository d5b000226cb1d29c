import { ok, type Problem, type Result } from '../protocol/problem.ts';
import type { Command } from './command.ts';
import type { GraphDocument } from './document.ts';

/** One step of undo: the document on the other side of it. Documents share what did not change. */
interface Step {
  readonly label: Command['label'];
  readonly mergeKey: string | undefined;
  readonly document: GraphDocument;
}

/** A document with the way back and the way forward. */
export interface History {
  readonly document: GraphDocument;
  /** Oldest first; each holds the document before it. */
  readonly past: readonly Step[];
  /** Next first; each holds the document after it. */
  readonly future: readonly Step[];
}

const MAX_STEPS = 1000;

export function createHistory(document: GraphDocument): History {
  return { document, past: [], future: [] };
}

/**
 * Runs a command. A command with the same `mergeKey` as the one before it joins that step; one that
 * changes nothing leaves the history as it is. Whatever was undone before is forgotten.
 */
export function execute(history: History, command: Command): Result<History, Problem> {
  const result = command.apply(history.document);
  if (!result.ok) return result;
  if (result.value === history.document) return ok(history);
  const last = history.past.at(-1);
  const merges =
    command.mergeKey !== undefined && last?.mergeKey === command.mergeKey && history.future.length === 0;
  const step: Step = { label: command.label, mergeKey: command.mergeKey, document: history.document };
  return ok({
    document: result.value,
    past: merges ? history.past : [...history.past, step].slice(-MAX_STEPS),
    future: [],
  });
}

/** Ends a row of merging commands, e.g. when a drag is over: the next one is a step of its own. */
export function sealHistory(history: History): History {
  const last = history.past.at(-1);
  if (last?.mergeKey === undefined) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, mergeKey: undefined }] };
}

/** One step back; the same history where there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  return {
    document: step.document,
    past: history.past.slice(0, -1),
    future: [{ ...step, document: history.document }, ...history.future],
  };
}

/** The document as it was after `position` of its steps, of those done and those undone; as far as there are any. */
export function goToStep(history: History, position: number): History {
  let present = history;
  while (present.past.length > position && present.past.length > 0) present = undo(present);
  while (present.past.length < position && present.future.length > 0) present = redo(present);
  return present;
}

/** One step forward again; the same history where there is none. */
export function redo(history: History): History {
  const [step, ...future] = history.future;
  if (!step) return history;
  return {
    document: step.document,
    past: [...history.past, { ...step, mergeKey: undefined, document: history.document }],
    future,
  };
}
