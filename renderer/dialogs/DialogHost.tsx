import { useDialogStore } from './dialogRequest.ts';

/** The one place where dialogs appear; rendered once, beside the screens. */
export function DialogHost() {
  const request = useDialogStore((state) => state.request);
  if (!request) return null;
  return <div role="dialog" aria-modal="true" />;
}
