import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { i18n } from '../../i18n/i18n.ts';
import { nodeText } from '../../i18n/nodeText.ts';
import { problemText } from '../../i18n/problemText.ts';
import { formatValue } from '../../ui/format.ts';
import { fuzzyQuery } from '../../ui/fuzzy.ts';

export interface FoundNode {
  readonly node: NodeInstance;
  readonly title: string;
  /** What of the node answers the query beside its title. */
  readonly note: string;
  readonly problem: boolean;
}

/** `units 10` for every parameter, in the words of the form. */
function paramTexts({ kind, params }: NodeInstance): string[] {
  const texts = nodeText(kind)?.params ?? {};
  return Object.entries(params).map(([key, value]) => {
    const shown = typeof value === 'string' ? (texts[key]?.options?.[value] ?? value) : formatValue(value);
    return `${texts[key]?.label ?? key} ${shown}`;
  });
}

/** Nodes that answer every word of a query by name, kind, id, parameter or problem, best first. */
export function findNodes(
  document: GraphDocument,
  problems: readonly Problem[],
  query: string,
): readonly FoundNode[] {
  const all = document.nodes.map((node) => {
    const title = nodeTitle(node);
    const kind = nodeText(node.kind)?.title ?? node.kind;
    const params = paramTexts(node);
    const own = problems.filter(({ nodeId }) => nodeId === node.id).map(problemText);
    return { node, title, kind, params, problems: own };
  });
  if (query.trim() === '') {
    return all.map(({ node, title, kind, problems: own }) => ({
      node,
      title,
      note: own[0] ?? `${kind} · ${node.id}`,
      problem: own.length > 0,
    }));
  }
  const words = query.trim().split(/\s+/);
  return all
    .map((entry) => {
      const { node, title, kind, params, problems: own } = entry;
      const score = fuzzyQuery(query, [
        [title, 2],
        [kind, 1.5],
        [node.id, 1.5],
        ...params.map((text): [string, number] => [text, 1]),
        ...own.map((text): [string, number] => [text, 0.8]),
      ]);
      const says = (text: string): boolean =>
        words.some((word) => text.toLowerCase().includes(word.toLowerCase()));
      const problem = own.find(says);
      const param = params.filter(says);
      const note =
        problem !== undefined
          ? i18n.t('find.problem', { problem })
          : [`${kind} · ${node.id}`, ...param].join(' · ');
      return { node, title, note, problem: own.length > 0, score };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ score: _, ...found }) => found);
}
