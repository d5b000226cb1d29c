import { create } from 'zustand';

/** What a person may decide about work that was not saved. */
export type UnsavedChoice = 'save' | 'discard' | 'cancel';

/** One open dialog; `answer` settles the promise of whoever asked and closes it. */
export type DialogRequest =
  | { readonly kind: 'open-file'; readonly answer: (path: string | null) => void }
  | {
      readonly kind: 'pick-data';
      readonly picks: 'file' | 'folder';
      readonly answer: (path: string | null) => void;
    }
  | { readonly kind: 'save-file'; readonly suggested: string; readonly answer: (path: string | null) => void }
  | { readonly kind: 'unsaved'; readonly name: string; readonly answer: (choice: UnsavedChoice) => void }
  | {
      readonly kind: 'confirm';
      readonly title: string;
      readonly text: string;
      readonly action: string;
      readonly answer: (yes: boolean) => void;
    }
  | { readonly kind: 'export'; readonly runId: string; readonly answer: (done: null) => void }
  | { readonly kind: 'runtimes'; readonly answer: (done: null) => void };

interface DialogState {
  readonly request: DialogRequest | null;
}

/** At most one dialog is open; asking again dismisses the one before. */
export const useDialogStore = create<DialogState>(() => ({ request: null }));

/** Where the keyboard was before the dialog, to give it back. */
let before: Element | null = null;

/** To where the keyboard was, once no dialog follows. */
export function giveFocusBack(): void {
  if (useDialogStore.getState().request === null && before instanceof HTMLElement) before.focus();
}

/** Shows a dialog and waits for its answer. */
export function askDialog<T>(build: (answer: (value: T) => void) => DialogRequest): Promise<T> {
  if (useDialogStore.getState().request === null) before = document.activeElement;
  dismissDialog();
  return new Promise((resolve) => {
    const request = build((value) => {
      if (useDialogStore.getState().request === request) useDialogStore.setState({ request: null });
      resolve(value);
    });
    useDialogStore.setState({ request });
  });
}

/** Answers the open dialog as Escape would. */
export function dismissDialog(): void {
  const request = useDialogStore.getState().request;
  if (!request) return;
  if (request.kind === 'unsaved') request.answer('cancel');
  else if (request.kind === 'confirm') request.answer(false);
  else request.answer(null);
}
