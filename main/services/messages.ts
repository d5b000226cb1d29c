import { IntlMessageFormat } from 'intl-messageformat';
import { hostTexts } from '#shared/i18n/hostTexts.ts';

export type FailureData = Readonly<Record<string, string | number | boolean>>;

type Texts = { readonly [key: string]: string };

function format(texts: Texts, key: string, data: FailureData): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`No text for ${key}`);
  return String(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).format({ ...data }));
}

/** Text of a host failure: `hostTexts.failures[code]`. Throws for a code without a text. */
export function formatFailure(code: string, data: FailureData = {}): string {
  return format(hostTexts.failures, code, data);
}

/** Text of the native menu and its dialogs: `hostTexts.desktop[key]`. */
export function formatDesktop(key: keyof typeof hostTexts.desktop, data: FailureData = {}): string {
  return format(hostTexts.desktop, key, data);
}

/** Text of the local server's pages and terminal lines: `hostTexts.server[key]`. */
export function formatServer(key: keyof typeof hostTexts.server, data: FailureData = {}): string {
  return format(hostTexts.server, key, data);
}
