import { IntlMessageFormat } from 'intl-messageformat';
import { commandLineTexts } from '#shared/i18n/commandLineTexts.ts';
import { en } from '#shared/i18n/en.ts';
import { hostTexts } from '#shared/i18n/hostTexts.ts';
import { type Language, languageTags } from '#shared/i18n/language.ts';
import { messageFormatters } from '#shared/i18n/messageFormatters.ts';
import { commandLineTexts as chineseCommandLine } from '#shared/i18n/zh/commandLineTexts.ts';
import { hostTexts as chineseHostTexts } from '#shared/i18n/zh/hostTexts.ts';
import { zh } from '#shared/i18n/zh/zh.ts';
import type { FailureData, RuntimeInfo } from '#shared/protocol/run.ts';

export type EngineFailureCode = keyof typeof en.failures;
export type FailureCode = keyof typeof hostTexts.failures;
export type RuntimeNoteCode = keyof typeof en.runtimeNotes;
export type CommandLineTextKey = keyof typeof commandLineTexts;

type Texts = { readonly [key: string]: string };

// Of the person at this machine, for terminal and menu. Windows may speak another: they have the texts of failures
// themselves, by code.
let language: Language = 'en';

/** Sets the language of this process' texts. */
export function speak(next: Language): void {
  language = next;
}

const shared = { en, zh };
const host = { en: hostTexts, zh: chineseHostTexts };
const commandLine = { en: commandLineTexts, zh: chineseCommandLine };

function write(text: string, data: FailureData): string {
  const message = new IntlMessageFormat(text, languageTags[language], undefined, {
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
  const text = (shared[language][section] as Texts)[key];
  return text === undefined ? key : write(text, data);
}

/** Text of a host failure: `hostTexts.failures[code]`. */
export function formatFailure(code: FailureCode, data: FailureData = {}): string {
  return format(host[language].failures, code, data);
}

/** Text of a failure of the engine or of a run: `en.failures[code]`. */
export function formatEngineFailure(code: EngineFailureCode, data: FailureData = {}): string {
  return format(shared[language].failures, code, data);
}

/** Why an engine is not in use: `en.runtimeNotes[code]`. */
export function formatRuntimeNote(code: RuntimeNoteCode, data: FailureData = {}): string {
  return format(shared[language].runtimeNotes, code, data);
}

/** What an engine computes on, with its threads or cards. */
export function formatDevice({ device, threads = 0, cards = 0 }: RuntimeInfo): string {
  return format(shared[language].runtimes, 'device', { device, threads, cards });
}

/** What the command line says: `commandLineTexts[key]`. */
export function formatCommandLine(key: CommandLineTextKey, data: FailureData = {}): string {
  return format(commandLine[language], key, data);
}

/** Text of the native menu and its dialogs: `hostTexts.desktop[key]`. */
export function formatDesktop(key: keyof typeof hostTexts.desktop, data: FailureData = {}): string {
  return format(host[language].desktop, key, data);
}

/** Text of the local server's pages and terminal lines: `hostTexts.server[key]`. */
export function formatServer(key: keyof typeof hostTexts.server, data: FailureData = {}): string {
  return format(host[language].server, key, data);
}
