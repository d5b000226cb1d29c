import { IntlMessageFormat } from 'intl-messageformat';
import type { GraphDocument } from '#shared/graph/document.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { describeFix } from '#shared/i18n/describeFix.ts';
import { en } from '#shared/i18n/en.ts';
import type { Problem } from '#shared/protocol/problem.ts';

type Texts = { readonly [key: string]: string };

/** A problem's sentence; `document` gives the node's title where it could be read. */
export function formatProblem(problem: Problem, document?: GraphDocument): string {
  const found = document && problem.nodeId ? findNode(document, problem.nodeId) : undefined;
  const node = found ? nodeTitle(found) : (problem.nodeId ?? '');
  return format(en.problems, problem.code, { node, ...problem.data });
}

/** What would mend it, in a few words; null where nothing is known to. */
export function formatFix({ fix }: Problem, document: GraphDocument): string | null {
  if (!fix) return null;
  const { key, data } = describeFix(fix, document);
  return format(en.fixes, key, data);
}

function format(
  texts: Texts,
  key: string,
  data: Readonly<Record<string, string | number | boolean>>,
): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`No text for ${key}`);
  return String(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).format({ ...data }));
}
