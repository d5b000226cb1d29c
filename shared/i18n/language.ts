/** Languages that every text is there in; the first is the one that others fall back to. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The first of the languages that a reader asks for, best first (`zh-CN`, `zh_CN.UTF-8`), that we have. */
export function chooseLanguage(asked: readonly string[]): Language {
  for (const tag of asked) {
    const primary = tag.toLowerCase().split(/[-_.@]/)[0];
    const found = languages.find((language) => language === primary);
    if (found) return found;
  }
  return languages[0];
}

/** What goes into a page's `lang`, and into formats of dates and numbers. */
export const languageTags: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };
