const NARROW = '\u202f';

/** All digits that a number has: rounded to three places, a limit of 0.0001 would be none. */
const whole: Intl.NumberFormatOptions = { maximumSignificantDigits: 15 };

/** A number format that groups thousands with narrow spaces that do not break, whatever the language does. */
function narrowNumberFormat(
  locales?: string | string[],
  options?: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const format = new Intl.NumberFormat(locales, options ?? whole);
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
