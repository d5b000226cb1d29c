import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { messageFormat } from './messageFormat.ts';

/** The window's texts: i18next with ICU messages. English is always there; `showLanguage` loads others. */
export const i18n = createInstance();

void i18n
  .use(messageFormat)
  .use(initReactI18next)
  .init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    initAsync: false,
    // Said although it is the default: else each look-up of a text builds patterns to find out.
    keySeparator: '.',
    nsSeparator: ':',
    returnNull: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false },
  });
