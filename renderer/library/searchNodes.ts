import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { fuzzyScore } from '../ui/fuzzy.ts';
import { pinyinInitials } from './pinyin.ts';

/** What a word found in the description is worth; less than any name. */
const DESCRIBED = 2;
/** Worth of the initials of a Chinese name in pinyin; less than the word itself in English. */
const INITIALS = 12;

/** How well a node type answers a word, by name, alias, initials and what it does: 0 not at all, more is better. */
export function wordScorer(definition: NodeDefinition): (word: string) => number {
  const { title, aliases, description } = definitionText(definition);
  const described = `${description} ${definition.text.description}`.toLowerCase();
  const initials = [title, ...aliases].map(pinyinInitials);
  return (word) =>
    Math.max(
      0,
      fuzzyScore(word, title) * 2,
      fuzzyScore(word, definition.kind) * 1.5,
      ...aliases.map((alias) => fuzzyScore(word, alias) * 1.2),
      ...initials.map((text) => (word.length > 1 && text.startsWith(word) ? INITIALS : 0)),
      // A sentence holds nearly any few letters in order: there the word itself has to stand.
      word.length > 1 && described.includes(word) ? DESCRIBED : 0,
    );
}

/** How well a node type answers a query: 0 where a word of it is nowhere. */
function score(definition: NodeDefinition, words: readonly string[]): number {
  const scores = words.map(wordScorer(definition));
  return scores.includes(0) ? 0 : scores.reduce((total, value) => total + value, 0);
}

/** Node types that match every word of the query by title, alias, initials in pinyin or description, best first; slips are forgiven. */
export function searchNodes(query: string): readonly NodeDefinition[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return nodeDefinitions;
  return nodeDefinitions
    .map((definition) => ({ definition, score: score(definition, words) }))
    .filter((entry) => entry.score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ definition }) => definition);
}
