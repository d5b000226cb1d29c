const THIN = '\u2009';

/** A number format that groups thousands with thin spaces, whatever the language does. */
function thinNumberFormat(
  locales?: string | string[],
  options?: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const format = new Intl.NumberFormat(locales, options);
  const write = (value: number): string =>
    format
      .formatToParts(value)
      .map((part) => (part.type === 'group' ? THIN : part.value))
      .join('');
  return Object.defineProperty(format, 'format', { value: write });
}

/** How ICU messages write numbers, dates and plurals: numbers as everywhere else in the product. */
export const messageFormatters = {
  getNumberFormat: thinNumberFormat,
  getDateTimeFormat: (locales?: string | string[], options?: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales, options),
  getPluralRules: (locales?: string | string[], options?: Intl.PluralRulesOptions) =>
    new Intl.PluralRules(locales, options),
};
