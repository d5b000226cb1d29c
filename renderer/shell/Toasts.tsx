import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRunStore } from '../stores/runStore.ts';
import { dismissToast, showToast, type Toast, useToastStore } from '../stores/toastStore.ts';
import { Button, IconButton } from '../ui/Button.tsx';

const LIFE_MS = 6000;
const icons = { info: Info, ok: CircleCheck, warning: CircleAlert, danger: CircleAlert } as const;

/** Messages in the corner. What went wrong stays until it is dismissed; the rest goes by itself. */
export function Toasts() {
  const toasts = useToastStore((state) => state.toasts);
  const callError = useRunStore((state) => state.callError);
  useEffect(() => {
    if (callError) showToast({ tone: 'danger', text: callError.message });
  }, [callError]);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const Icon = icons[toast.tone];
  useEffect(() => {
    if (toast.tone === 'danger') return;
    const timer = setTimeout(() => dismissToast(toast.id), LIFE_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  const { action } = toast;
  return (
    <div className={`toast ${toast.tone}`}>
      <Icon size={15} aria-hidden="true" />
      <p>{toast.text}</p>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton className="sm" label={t('shell.dismiss')} onClick={() => dismissToast(toast.id)}>
        <X size={13} />
      </IconButton>
    </div>
  );
}
