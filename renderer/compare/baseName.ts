import { commandText } from '../i18n/commandText.ts';
import { i18n } from '../i18n/i18n.ts';
import type { CompareBase } from './compareStore.ts';

/** What a document is compared with, in words. */
export function baseName(base: CompareBase): string {
  switch (base.kind) {
    case 'saved':
      return i18n.t('compare.bases.saved', { name: base.name });
    case 'file':
      return base.name;
    case 'tab':
      return base.name || i18n.t('shell.untitled');
    case 'step':
      return base.step === null
        ? i18n.t('history.opened')
        : i18n.t('compare.bases.step', { edit: commandText(base.step) });
  }
}
