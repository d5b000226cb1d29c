const NARROW = '\u202f';

/** A number format that groups thousands with narrow spaces that do not break, whatever the language does. */
function narrowNumberFormat(
  locales?: string | string[],
  options?: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const format = new Intl.NumberFormat(locales, options);
  const write = (value: number): string =>
    format
      .formatToParts(value)
      .map((part) => (part.type === 'group' ? NARROW : part.value))
      .join('');
  return Object.defineProperty(format, 'format', { value: write });
}

/** How ICU messages write numbers, dates and plurals: numbers as everywhere else in the product. */
export const messageFormatters = {
  getNumberFormat: narrowNumberFormat,
  getDateTimeFormat: (locales?: string | string[], options?: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales, options),
  getPluralRules: (locales?: string | string[], options?: Intl.PluralRulesOptions) =>
    new Intl.PluralRules(locales, options),
};
