import type { GraphDocument } from '#shared/graph/document.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { describeFix } from '#shared/i18n/describeFix.ts';
import type { Fix, Problem } from '#shared/protocol/problem.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { i18n } from './i18n.ts';

/** A problem as a sentence: what it is, then what to do. */
export function problemText(problem: Problem): string {
  const { document } = useDocumentStore.getState();
  const node = problem.nodeId && document ? findNode(document, problem.nodeId) : undefined;
  return i18n.t(`problems.${problem.code}`, {
    defaultValue: problem.code,
    node: node && document ? nodeTitle(node, document) : (problem.nodeId ?? ''),
    ...problem.data,
  });
}

/** What the button of a fix says, e.g. `Insert Flatten`. */
export function fixText(fix: Fix, document: GraphDocument | null): string {
  if (!document) return '';
  const { key, data } = describeFix(fix, document);
  return i18n.t(`fixes.${key}`, data);
}
