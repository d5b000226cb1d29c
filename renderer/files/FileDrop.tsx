import { FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasOwnKeys } from '../commands/useKeymap.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { importFile, importFiles } from './importFiles.ts';
import { attachStrayPaste } from './strayPaste.ts';

const hasFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') ?? false;

/** Takes files that are dropped on the window or pasted into it, and graphs pasted on the start screen. */
export function FileDrop() {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Each element that the pointer passes is entered before the one before it is left.
    let depth = 0;
    const set = (next: number): void => {
      depth = Math.max(0, next);
      setOver(depth > 0);
    };
    const onEnter = ({ dataTransfer }: DragEvent): void => {
      if (hasFiles(dataTransfer)) set(depth + 1);
    };
    const onLeave = ({ dataTransfer }: DragEvent): void => {
      if (hasFiles(dataTransfer)) set(depth - 1);
    };
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent): void => {
      set(0);
      if (!hasFiles(event.dataTransfer) || event.defaultPrevented) return;
      // A browser would leave the page for the file.
      event.preventDefault();
      void importFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || hasOwnKeys(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const { document: open, startOpen } = useDocumentStore.getState();
      if (files.length > 0) void importFiles(files);
      // Over a graph the text is pasted into it (canvas/useShortcuts).
      else if ((startOpen || !open) && text.trim() !== '')
        void importFile(new Blob([text]), t('shell.clipboard'));
      else return;
      event.preventDefault();
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    // Before the one below: it is asked first.
    const offStray = attachStrayPaste(document);
    document.addEventListener('paste', onPaste, true);
    return () => {
      offStray();
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste, true);
    };
  }, [t]);
  return over ? (
    <div className="file-drop" data-testid="file-drop">
      <p>
        <FileInput size={20} aria-hidden="true" />
        {t('shell.importHere')}
      </p>
    </div>
  ) : null;
}
