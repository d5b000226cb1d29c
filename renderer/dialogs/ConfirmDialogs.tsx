import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from './Dialog.tsx';
import type { UnsavedChoice } from './dialogRequest.ts';

interface UnsavedDialogProps {
  readonly name: string;
  readonly onAnswer: (choice: UnsavedChoice) => void;
}

/** Before unsaved work would leave the window. */
export function UnsavedDialog({ name, onAnswer }: UnsavedDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={name === '' ? t('dialogs.unsavedTitleNoName') : t('dialogs.unsavedTitle', { name })}
      description={t('dialogs.unsavedText')}
      onDismiss={() => onAnswer('cancel')}
    >
      <div className="dialog-actions">
        <Button tone="danger" className="mr-auto" onClick={() => onAnswer('discard')}>
          {t('dialogs.discard')}
        </Button>
        <Button onClick={() => onAnswer('cancel')}>{t('dialogs.cancel')}</Button>
        <Button tone="primary" autoFocus onClick={() => onAnswer('save')}>
          {t('dialogs.save')}
        </Button>
      </div>
    </Dialog>
  );
}

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onAnswer: (yes: boolean) => void;
}

/** Before something that cannot be undone. */
export function ConfirmDialog({ title, text, action, onAnswer }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} description={text} onDismiss={() => onAnswer(false)}>
      <div className="dialog-actions">
        <Button autoFocus onClick={() => onAnswer(false)}>
          {t('dialogs.cancel')}
        </Button>
        <Button tone="danger" onClick={() => onAnswer(true)}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
