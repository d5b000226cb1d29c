import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { giveFocusBack } from './dialogRequest.ts';

interface DialogProps {
  readonly title: string;
  /** What is asked or shown, in a sentence. */
  readonly description?: string | undefined;
  readonly width?: 'narrow' | 'wide';
  /** Escape, the cross, or a click beside it. */
  readonly onDismiss: () => void;
  /** Gives the keyboard to where it was: what the host of dialogs knows, unless another asked. */
  readonly onClosed?: () => void;
  readonly children: ReactNode;
}

/** A question over the window: focus stays in it, Escape leaves it. */
export function Dialog({ title, description, width = 'narrow', onDismiss, onClosed, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onDismiss()}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-veil" />
        <Radix.Content
          className={`dialog ${width}`}
          onCloseAutoFocus={onClosed ?? giveFocusBack}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <div className="flex items-center gap-2">
            <Radix.Title className="min-w-0 grow text-title">{title}</Radix.Title>
            {/* No tooltip: it would open with the focus, and the first Escape would close it alone. */}
            <button
              type="button"
              className="ib sm"
              aria-label={t('dialogs.close')}
              title={t('dialogs.close')}
              onClick={onDismiss}
            >
              <X size={14} />
            </button>
          </div>
          {description !== undefined && (
            <Radix.Description className="text-small text-text-2">{description}</Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
