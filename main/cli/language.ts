import { chooseLanguage, type Language } from '#shared/i18n/language.ts';

/** The language that a command line and its environment ask for, and the arguments without `--lang`. */
export function languageOf(
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly language: Language; readonly rest: readonly string[] } {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  let asked = LC_ALL || LC_MESSAGES || LANG || '';
  const rest: string[] = [];
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] ?? '';
    if (argument.startsWith('--lang=')) asked = argument.slice('--lang='.length);
    else if (argument === '--lang' && given[at + 1] !== undefined) asked = given[++at] ?? '';
    else rest.push(argument);
  }
  return { language: chooseLanguage([asked]), rest };
}
