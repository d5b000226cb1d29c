import { openBlocks, placeOfPath } from '#shared/graph/blockLevels.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import type { NodeText } from '#shared/nodes/defineNode.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { i18n } from '../../i18n/i18n.ts';
import { definitionText } from '../../i18n/nodeText.ts';
import { problemText } from '../../i18n/problemText.ts';
import { formatValue } from '../../ui/format.ts';
import { fuzzyQuery } from '../../ui/fuzzy.ts';

export interface FoundNode {
  readonly node: NodeInstance;
  /** The block that it is in; null for the graph itself. */
  readonly block: { readonly id: string; readonly title: string } | null;
  readonly title: string;
  /** What of the node answers the query beside its title. */
  readonly note: string;
  readonly problem: boolean;
}

/** `units 10` for every parameter, in the words of the form. */
function paramTexts({ params }: NodeInstance, texts: NodeText['params'] = {}): string[] {
  return Object.entries(params).map(([key, value]) => {
    const shown = typeof value === 'string' ? (texts[key]?.options?.[value] ?? value) : formatValue(value);
    return `${texts[key]?.label ?? key} ${shown}`;
  });
}

/** `block/node` of a node inside, as its definition has it; the id alone of one outside. */
const keyOf = (block: string | undefined, id: string): string =>
  block === undefined ? id : `${block}/${id}`;

/** The sentences of the problems by node; those inside of a block by the node of its definition. */
function problemTexts(
  document: GraphDocument,
  problems: readonly Problem[],
): ReadonlyMap<string, Set<string>> {
  const texts = new Map<string, Set<string>>();
  const add = (key: string, text: string): void => {
    const known = texts.get(key);
    if (known) known.add(text);
    else texts.set(key, new Set([text]));
  };
  for (const problem of problems) {
    const text = problemText(problem);
    if (problem.nodeId !== undefined) add(problem.nodeId, text);
    if (!problem.inside) continue;
    const { level, nodeId } = placeOfPath(document, problem.inside.nodeId);
    add(keyOf(openBlocks(document, level).at(-1)?.block.id, nodeId), text);
  }
  return texts;
}

/** What of the nodes is looked through. */
function entriesOf(document: GraphDocument, problems: readonly Problem[]) {
  const texts = problemTexts(document, problems);
  const places = [
    { nodes: document.nodes, block: null },
    ...(document.blocks ?? []).map(({ id, title = id, nodes }) => ({ nodes, block: { id, title } })),
  ];
  return places.flatMap(({ nodes, block }) =>
    nodes.map((node) => {
      const definition = definitionOf(document, node);
      const text = definition && definitionText(definition);
      const kind = text?.title ?? node.kind;
      const where = block ? i18n.t('inspector.block', { title: block.title }) : undefined;
      return {
        node,
        block,
        title: nodeTitle(node, document),
        kind,
        place: [where, kind, node.id].filter(Boolean).join(' · '),
        params: paramTexts(node, text?.params),
        problems: [...(texts.get(keyOf(block?.id, node.id)) ?? [])],
      };
    }),
  );
}

/** Those of the graph that was looked through last: every letter of a query asks for them. */
let remembered: {
  readonly document: GraphDocument;
  readonly problems: readonly Problem[];
  readonly language: string;
  readonly entries: ReturnType<typeof entriesOf>;
} | null = null;

function entriesFor(document: GraphDocument, problems: readonly Problem[]): ReturnType<typeof entriesOf> {
  const { language } = i18n;
  const known =
    remembered?.document === document && remembered.problems === problems && remembered.language === language;
  if (!remembered || !known) {
    remembered = { document, problems, language, entries: entriesOf(document, problems) };
  }
  return remembered.entries;
}

/**
 * Nodes that answer every word of a query by name, kind, id, parameter or problem, best first. Those inside of
 * blocks are found as well, once for each definition.
 */
export function findNodes(
  document: GraphDocument,
  problems: readonly Problem[],
  query: string,
): readonly FoundNode[] {
  const all = entriesFor(document, problems);
  if (query.trim() === '') {
    return all.map(({ node, block, title, place, problems: own }) => ({
      node,
      block,
      title,
      note: own[0] ?? place,
      problem: own.length > 0,
    }));
  }
  const words = query.trim().split(/\s+/);
  return all
    .map((entry) => {
      const { node, block, title, kind, place, params, problems: own } = entry;
      const score = fuzzyQuery(query, [
        [title, 2],
        [kind, 1.5],
        [node.id, 1.5],
        ...(block ? [[block.title, 0.8] as const] : []),
        ...params.map((text): [string, number] => [text, 1]),
        ...own.map((text): [string, number] => [text, 0.8]),
      ]);
      const says = (text: string): boolean =>
        words.some((word) => text.toLowerCase().includes(word.toLowerCase()));
      const problem = own.find(says);
      const note =
        problem !== undefined
          ? i18n.t('find.problem', { problem })
          : [place, ...params.filter(says)].join(' · ');
      return { node, block, title, note, problem: own.length > 0, score };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ score: _, ...found }) => found);
}
