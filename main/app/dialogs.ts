import { type BrowserWindow, dialog } from 'electron';
import type { ChosenFiles } from '#main/services/fileAccess.ts';
import type { HostDialogs } from '#main/services/hostServices.ts';
import { formatDesktop } from '#main/services/messages.ts';
import { DOCUMENT_EXTENSION } from '#shared/graph/document.ts';

/** Native dialogs. What is chosen in one may be read and written from then on. */
export function createDialogs(parent: () => BrowserWindow | null, access: ChosenFiles): HostDialogs {
  const filters = [
    { name: formatDesktop('graph-files'), extensions: [DOCUMENT_EXTENSION.slice(1), 'json'] },
    { name: formatDesktop('all-files'), extensions: ['*'] },
  ];

  const packFilters = [
    { name: formatDesktop('pack-files'), extensions: ['gz', 'tgz', 'zip'] },
    { name: formatDesktop('all-files'), extensions: ['*'] },
  ];

  const dataFilters = [
    { name: formatDesktop('data-files'), extensions: ['csv', 'tsv', 'tab', 'txt', 'data'] },
    { name: formatDesktop('all-files'), extensions: ['*'] },
  ];

  const filtersOf = { graph: filters, pack: packFilters, data: dataFilters, 'data-folder': [] };

  async function choose(ask: (window: BrowserWindow) => Promise<string | undefined>): Promise<string | null> {
    const window = parent();
    if (window === null) return null;
    const path = await ask(window);
    if (path === undefined || path === '') return null;
    await access.allow(path);
    return path;
  }

  return {
    open: (purpose) =>
      choose(async (window) => {
        const { filePaths } = await dialog.showOpenDialog(window, {
          properties: [purpose === 'data-folder' ? 'openDirectory' : 'openFile'],
          filters: filtersOf[purpose],
        });
        return filePaths[0];
      }),
    save: (suggestedName) =>
      choose(async (window) => {
        const { canceled, filePath } = await dialog.showSaveDialog(window, {
          defaultPath: suggestedName,
          filters,
          properties: ['createDirectory', 'showOverwriteConfirmation'],
        });
        if (canceled || filePath === '') return undefined;
        return filePath.endsWith('.json') ? filePath : `${filePath}${DOCUMENT_EXTENSION}`;
      }),
    export: (suggestedName) =>
      choose(async (window) => {
        const { canceled, filePath } = await dialog.showSaveDialog(window, {
          title: formatDesktop('export-title'),
          defaultPath: suggestedName,
          properties: ['createDirectory', 'showOverwriteConfirmation'],
        });
        return canceled ? undefined : filePath;
      }),
  };
}
