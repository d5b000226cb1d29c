import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callHost, useHostStore } from '../stores/hostStore.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from './Dialog.tsx';
import { FileDialog } from './FileDialog.tsx';
import { RuntimeChoice } from './RuntimeChoice.tsx';
import { RuntimePacks } from './RuntimePacks.tsx';
import { useRuntimes } from './useRuntimes.ts';

/** The engines of this machine: which one computes, and the packs that they are made of. */
export function RuntimesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const nativeDialogs = useHostStore((host) => host.info?.nativeDialogs ?? false);
  const { status, error, ask } = useRuntimes();
  const [choosing, setChoosing] = useState(false);

  const importFrom = (path: string | null): void => {
    setChoosing(false);
    if (path !== null) void ask(() => callHost('runtimes.import', { path }));
  };
  const choose = (): void => {
    if (nativeDialogs) {
      void ask(async () => importFrom((await callHost('dialog.open', { purpose: 'pack' })).path));
    } else setChoosing(true);
  };

  if (choosing) {
    return <FileDialog title={t('dialogs.runtimes.importTitle')} purpose="pack" onAnswer={importFrom} />;
  }
  return (
    <Dialog
      title={t('dialogs.runtimes.title')}
      description={t('dialogs.runtimes.about')}
      width="wide"
      onDismiss={onClose}
    >
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto">
        <RuntimeChoice onChoose={(runtime) => void ask(() => callHost('engine.restart', { runtime }))} />
        <RuntimePacks
          status={status}
          onInstall={(id) => void ask(() => callHost('runtimes.install', { id }))}
          onVerify={(id) => void ask(() => callHost('runtimes.verify', { id }))}
          onRemove={(id) => void ask(() => callHost('runtimes.remove', { id }))}
          onClean={() => void ask(() => callHost('runtimes.clean', {}))}
          onCancel={() => void ask(() => callHost('runtimes.cancel', {}))}
        />
        {error && (
          <p role="alert" className="dialog-error">
            {error.message}
          </p>
        )}
      </div>
      <div className="dialog-actions">
        <Button className="mr-auto" disabled={!status || status.task !== null} onClick={choose}>
          {t('dialogs.runtimes.import')}
        </Button>
        <Button tone="primary" onClick={onClose}>
          {t('dialogs.close')}
        </Button>
      </div>
    </Dialog>
  );
}
