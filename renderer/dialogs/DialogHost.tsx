import { useTranslation } from 'react-i18next';
import { ConfirmDialog, UnsavedDialog } from './ConfirmDialogs.tsx';
import { useDialogStore } from './dialogRequest.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { FileDialog } from './FileDialog.tsx';
import { RuntimesDialog } from './RuntimesDialog.tsx';

/** The one place where dialogs appear; rendered once, beside the screens. */
export function DialogHost() {
  const { t } = useTranslation();
  const request = useDialogStore((state) => state.request);
  if (!request) return null;
  switch (request.kind) {
    case 'open-file':
      return <FileDialog title={t('dialogs.openTitle')} purpose="open" onAnswer={request.answer} />;
    case 'pick-data':
      return (
        <FileDialog
          title={t(`dock.data.pick.${request.picks}`)}
          purpose={request.picks === 'folder' ? 'data-folder' : 'data'}
          onAnswer={request.answer}
        />
      );
    case 'save-file':
      return (
        <FileDialog
          title={t('dialogs.saveTitle')}
          purpose="save"
          suggested={request.suggested}
          onAnswer={request.answer}
        />
      );
    case 'unsaved':
      return <UnsavedDialog name={request.name} onAnswer={request.answer} />;
    case 'confirm':
      return <ConfirmDialog {...request} onAnswer={request.answer} />;
    case 'export':
      return <ExportDialog runId={request.runId} onClose={() => request.answer(null)} />;
    case 'runtimes':
      return <RuntimesDialog onClose={() => request.answer(null)} />;
  }
}
