import { IntlMessageFormat } from 'intl-messageformat';
import { en } from '#shared/i18n/en.ts';
import { hostTexts } from '#shared/i18n/hostTexts.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import type { FailureData } from '#shared/protocol/run.ts';

export type EngineFailureCode = keyof typeof en.failures;
export type FailureCode = keyof typeof hostTexts.failures;

type Texts = { readonly [key: string]: string };

function format(texts: Texts, key: string, data: FailureData): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`No text for ${key}`);
  return String(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).format({ ...data }));
}

/** Text of a host failure: `hostTexts.failures[code]`. */
export function formatFailure(code: FailureCode, data: FailureData = {}): string {
  return format(hostTexts.failures, code, data);
}

/** Text of a failure of the engine or of a run: `en.failures[code]`. */
export function formatEngineFailure(code: EngineFailureCode, data: FailureData = {}): string {
  return format(en.failures, code, data);
}

/** Text of the native menu and its dialogs: `hostTexts.desktop[key]`. */
export function formatDesktop(key: keyof typeof hostTexts.desktop, data: FailureData = {}): string {
  return format(hostTexts.desktop, key, data);
}

/** Text of the local server's pages and terminal lines: `hostTexts.server[key]`. */
export function formatServer(key: keyof typeof hostTexts.server, data: FailureData = {}): string {
  return format(hostTexts.server, key, data);
}

/** A problem as a sentence: `en.problems[code]`, fed with its data. */
export function formatProblem(problem: Problem): string {
  const text = (en.problems as Texts)[problem.code];
  // Codes of a newer engine have no text here; the code itself can still be looked up.
  if (text === undefined) return problem.code;
  // Line 0 stands for a document that did not come from a file.
  const values = { node: problem.nodeId ?? '', line: 0, ...problem.data };
  return String(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).format(values));
}
