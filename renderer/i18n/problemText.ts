import { openBlocks, placeOfPath } from '#shared/graph/blockLevels.ts';
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
  const text = i18n.t(`problems.${problem.code}`, {
    defaultValue: problem.code,
    node: node && document ? nodeTitle(node, document) : (problem.nodeId ?? ''),
    ...problem.data,
  });
  const inner = document ? innerTitle(problem, document) : undefined;
  // Some sentences name it themselves.
  return inner === undefined || text.includes(inner)
    ? text
    : i18n.t('canvas.problemInside', { node: inner, problem: text });
}

/** What the node inside of a block is called that a problem stands on. */
function innerTitle({ inside }: Problem, document: GraphDocument): string | undefined {
  if (!inside) return undefined;
  const { level, nodeId } = placeOfPath(document, inside.nodeId);
  const node = openBlocks(document, level)
    .at(-1)
    ?.block.nodes.find(({ id }) => id === nodeId);
  return node && nodeTitle(node, document);
}

/** What the button of a fix says, e.g. `Insert Flatten`. */
export function fixText(fix: Fix, document: GraphDocument | null): string {
  if (!document) return '';
  const { key, data } = describeFix(fix, document);
  return i18n.t(`fixes.${key}`, data);
}
