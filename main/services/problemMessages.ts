import type { GraphDocument } from '#shared/graph/document.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { describeFix } from '#shared/i18n/describeFix.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { formatProblemText } from './messages.ts';

/** A problem's sentence; `document` gives the node's title where it could be read. */
export function formatProblem(problem: Problem, document?: GraphDocument): string {
  const found = document && problem.nodeId ? findNode(document, problem.nodeId) : undefined;
  const node = found ? nodeTitle(found, document) : (problem.nodeId ?? '');
  // Line 0 stands for a document that did not come from a file.
  return formatProblemText('problems', problem.code, { node, line: 0, ...problem.data });
}

/** What would mend it, in a few words; null where nothing is known to. */
export function formatFix({ fix }: Problem, document: GraphDocument): string | null {
  if (!fix) return null;
  const { key, data } = describeFix(fix, document);
  return formatProblemText('fixes', key, data);
}
