import { useSyncExternalStore } from 'react';
import { i18n } from './i18n.ts';

function watch(listener: () => void): () => void {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
}

/**
 * Renders with each change of the language, as `useTranslation` does, for what there are thousands of: that hook
 * keeps several states and functions for each.
 */
export const useLanguage = (): string => useSyncExternalStore(watch, () => i18n.language);
