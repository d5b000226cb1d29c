import { IntlMessageFormat } from 'intl-messageformat';
import { commandLineTexts } from '#shared/i18n/commandLineTexts.ts';
import { en } from '#shared/i18n/en.ts';
import { hostTexts } from '#shared/i18n/hostTexts.ts';
import { messageFormatters } from '#shared/i18n/messageFormatters.ts';
import type { FailureData } from '#shared/protocol/run.ts';

export type EngineFailureCode = keyof typeof en.failures;
export type FailureCode = keyof typeof hostTexts.failures;
export type RuntimeNoteCode = keyof typeof en.runtimeNotes;
export type CommandLineTextKey = keyof typeof commandLineTexts;

type Texts = { readonly [key: string]: string };

function write(text: string, data: FailureData): string {
  const message = new IntlMessageFormat(text, 'en', undefined, {
    ignoreTag: true,
    formatters: messageFormatters,
  });
  return String(message.format({ ...data }));
}

function format(texts: Texts, key: string, data: FailureData): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`No text for ${key}`);
  return write(text, data);
}

/** Text of a problem, and of what would mend it; a code of a newer version stands for itself. */
export function formatProblemText(section: 'problems' | 'fixes', key: string, data: FailureData): string {
  const text = (en[section] as Texts)[key];
  return text === undefined ? key : write(text, data);
}

/** Text of a host failure: `hostTexts.failures[code]`. */
export function formatFailure(code: FailureCode, data: FailureData = {}): string {
  return format(hostTexts.failures, code, data);
}

/** Text of a failure of the engine or of a run: `en.failures[code]`. */
export function formatEngineFailure(code: EngineFailureCode, data: FailureData = {}): string {
  return format(en.failures, code, data);
}

/** Why an engine is not in use: `en.runtimeNotes[code]`. */
export function formatRuntimeNote(code: RuntimeNoteCode, data: FailureData = {}): string {
  return format(en.runtimeNotes, code, data);
}

/** What the command line says: `commandLineTexts[key]`. */
export function formatCommandLine(key: CommandLineTextKey, data: FailureData = {}): string {
  return format(commandLineTexts, key, data);
}

/** Text of the native menu and its dialogs: `hostTexts.desktop[key]`. */
export function formatDesktop(key: keyof typeof hostTexts.desktop, data: FailureData = {}): string {
  return format(hostTexts.desktop, key, data);
}

/** Text of the local server's pages and terminal lines: `hostTexts.server[key]`. */
export function formatServer(key: keyof typeof hostTexts.server, data: FailureData = {}): string {
  return format(hostTexts.server, key, data);
}
