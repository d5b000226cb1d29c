import { askDialog, type UnsavedChoice } from './dialogRequest.ts';

/** Lets a person pick a document; null when cancelled. */
export function chooseOpenPath(): Promise<string | null> {
  return askDialog<string | null>((answer) => ({ kind: 'open-file', answer }));
}

/** Lets a person pick data of their own; null when cancelled. */
export function chooseDataPath(picks: 'file' | 'folder'): Promise<string | null> {
  return askDialog<string | null>((answer) => ({ kind: 'pick-data', picks, answer }));
}

/** Lets a person pick where to save; null when cancelled. Overwriting has been confirmed. */
export function chooseSavePath(suggested: string): Promise<string | null> {
  return askDialog<string | null>((answer) => ({ kind: 'save-file', suggested, answer }));
}

/** Asks what to do with unsaved changes of the document called `name`. */
export function confirmUnsaved(name = ''): Promise<UnsavedChoice> {
  return askDialog<UnsavedChoice>((answer) => ({ kind: 'unsaved', name, answer }));
}

export function confirmAction(question: { title: string; text: string; action: string }): Promise<boolean> {
  return askDialog<boolean>((answer) => ({ kind: 'confirm', ...question, answer }));
}

/** Offers the formats that the model of a run can be taken away in. */
export function openExportDialog(runId: string): Promise<null> {
  return askDialog<null>((answer) => ({ kind: 'export', runId, answer }));
}

/** Shows which engines there are, and lets a person choose, install and remove them. */
export function openRuntimesDialog(): Promise<null> {
  return askDialog<null>((answer) => ({ kind: 'runtimes', answer }));
}
