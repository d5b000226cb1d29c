import { readyBlocks } from '#shared/blocks/index.ts';
import { blockFace } from '#shared/graph/blockFace.ts';
import { instancesOf, removeBlock } from '#shared/graph/commands.ts';
import type { BlockDefinition, GraphDocument } from '#shared/graph/document.ts';
import { blockWithInner } from '#shared/graph/importBlocks.ts';
import { readyBlockDefinitions } from '#shared/i18n/readyBlockTexts.ts';
import type { LayerNode } from '#shared/nodes/defineNode.ts';
import type { SavedBlock } from '#shared/protocol/blocks.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { queryWords, searchNodes, titleHas } from '../library/searchNodes.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { fuzzyScore } from '../ui/fuzzy.ts';
import { removeSavedBlock, useBlockLibrary } from './blockLibrary.ts';
import { change } from './changeDefinition.ts';

export type BlockSource = 'graph' | 'own' | 'ready';

/** A block that can be added. */
export interface BlockChoice {
  /** Stands for it where a kind of node stands for others: `block:ready:residual`. */
  readonly key: string;
  readonly source: BlockSource;
  readonly definitions: readonly BlockDefinition[];
  readonly face: LayerNode;
  readonly aliases: readonly string[];
  /** Takes it out of its list; absent where it cannot be. */
  readonly remove?: () => void;
}

const PREFIX = 'block:';

function choice(
  source: BlockSource,
  id: string,
  definitions: readonly BlockDefinition[],
  rest: Pick<BlockChoice, 'aliases' | 'remove'> = { aliases: [] },
): BlockChoice[] {
  const root = definitions.at(-1);
  if (!root) return [];
  return [
    { key: `${PREFIX}${source}:${id}`, source, definitions, face: blockFace(root, definitions), ...rest },
  ];
}

function graphChoices(document: GraphDocument | null): BlockChoice[] {
  const blocks = document?.blocks ?? [];
  return blocks.flatMap(({ id }) => {
    const unused = document !== null && instancesOf(document, id).length === 0;
    return choice('graph', id, blockWithInner(blocks, id), {
      aliases: [],
      ...(unused && { remove: () => change(removeBlock(id)) }),
    });
  });
}

const ownChoices = (saved: readonly SavedBlock[]): BlockChoice[] =>
  saved.flatMap(({ id, definitions }) =>
    choice('own', id, definitions, { aliases: [], remove: () => void removeSavedBlock(id) }),
  );

/** In the language of the window; by their English names they are found as well. */
const readyChoices = (): BlockChoice[] =>
  readyBlocks.flatMap((block) => {
    const title = block.definitions.at(-1)?.title;
    const aliases = [...block.aliases, ...(title === undefined ? [] : [title])];
    return choice('ready', block.id, readyBlockDefinitions(block), { aliases });
  });

function answers({ face, aliases }: BlockChoice, words: readonly string[]): boolean {
  const { title, description } = face.text;
  return words.every(
    (word) =>
      fuzzyScore(word, title) > 0 ||
      aliases.some((alias) => fuzzyScore(word, alias) > 0) ||
      (word.length > 1 && description.toLowerCase().includes(word)),
  );
}

const isCalled = ({ face }: BlockChoice, query: string): number => Number(titleHas(face.text.title, query));

const hasCalled = (choices: readonly BlockChoice[], query: string): number =>
  Number(choices.some((choice) => isCalled(choice, query) > 0));

function groupsOf(document: GraphDocument | null, saved: readonly SavedBlock[]) {
  return [
    { source: 'graph', choices: graphChoices(document) },
    { source: 'own', choices: ownChoices(saved) },
    { source: 'ready', choices: readyChoices() },
  ] as const;
}

/** By where they are kept; those that are called so, and the groups that have one, come first. */
function matching(groups: ReturnType<typeof groupsOf>, query: string) {
  const words = queryWords(query);
  if (words.length === 0) return groups;
  return groups
    .map(({ source, choices }) => ({
      source,
      choices: choices
        .filter((candidate) => answers(candidate, words))
        .toSorted((a, b) => isCalled(b, query) - isCalled(a, query)),
    }))
    .toSorted((a, b) => hasCalled(b.choices, query) - hasCalled(a.choices, query));
}

/** Blocks that match every word of the query, by where they are kept. */
export function useBlockChoices(query: string) {
  const document = useDocumentStore((state) => state.document);
  const saved = useBlockLibrary((state) => state.blocks);
  return matching(groupsOf(document, saved), query);
}

/** The same outside of components. */
export function findBlockChoices(query: string): readonly BlockChoice[] {
  const groups = groupsOf(useDocumentStore.getState().document, useBlockLibrary.getState().blocks);
  return matching(groups, query).flatMap(({ choices }) => choices);
}

/** Blocks are what is meant where one is called so, and no node type is. */
export const blocksComeFirst = (query: string): boolean =>
  findBlockChoices(query).some(({ face }) => titleHas(face.text.title, query)) &&
  !searchNodes(query).some((definition) => titleHas(definitionText(definition).title, query));

export const blockChoice = (key: string): BlockChoice | undefined =>
  key.startsWith(PREFIX) ? findBlockChoices('').find((candidate) => candidate.key === key) : undefined;
