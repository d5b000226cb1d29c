import { config } from 'zod';
import { chooseLanguage, type Language, languageTags } from '#shared/i18n/language.ts';
import { speakOfNodes } from '#shared/i18n/nodeTexts.ts';
import { speakOfReadyBlocks } from '#shared/i18n/readyBlockTexts.ts';
import { speakOfTemplates } from '#shared/i18n/templateTexts.ts';
import { analyzeAgain } from '../stores/documentStore.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { i18n } from './i18n.ts';

/** What zod says of values that it refuses. */
const englishErrors = config().localeError;

/** The language that is asked for in the settings, or of the browser. */
function wantedLanguage(): Language {
  const { language } = useViewStore.getState();
  return language === 'system' ? chooseLanguage(navigator.languages) : language;
}

/**
 * Brings the window into the language that is wanted now. What Chinese needs is fetched when it is first
 * shown. Everything stays as it is but the words: nothing is mounted anew.
 */
async function showLanguage(): Promise<void> {
  const language = wantedLanguage();
  if (language === i18n.language && document.documentElement.lang === languageTags[language]) return;
  const chinese = language === 'zh' ? (await import('./zh/zh.ts')).chinese : null;
  // Another language may have been chosen while this one was on its way.
  if (wantedLanguage() !== language) return;
  if (chinese) i18n.addResourceBundle('zh', 'translation', chinese.texts);
  speakOfNodes(chinese?.nodes ?? null);
  speakOfTemplates(chinese?.templates ?? null);
  speakOfReadyBlocks(chinese?.readyBlocks ?? null);
  config({ localeError: chinese?.schemaErrors ?? englishErrors });
  document.documentElement.lang = languageTags[language];
  await i18n.changeLanguage(language);
  analyzeAgain();
}

/** Follows the settings and the browser's language; resolves when the first texts are there. */
export async function attachLanguage(): Promise<void> {
  useViewStore.subscribe((view, before) => {
    if (view.language !== before.language) void showLanguage();
  });
  window.addEventListener('languagechange', () => void showLanguage());
  // Names may be Chinese in any language. The browser fetches of the font what a page shows, and else nothing.
  requestIdleCallback(() => void import('@fontsource-variable/noto-sans-sc'));
  await showLanguage();
}
