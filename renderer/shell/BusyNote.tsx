import { LoaderCircle } from 'lucide-react';
import { useBusy } from '../stores/busyStore.ts';

/** What the window is doing while it cannot answer. */
export function BusyNote() {
  const text = useBusy((state) => state.text);
  return (
    <div role="status" aria-live="polite">
      {text !== null && (
        <div className="busy-note">
          <LoaderCircle size={18} aria-hidden="true" />
          {text}
        </div>
      )}
    </div>
  );
}
