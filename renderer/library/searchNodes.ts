import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { i18n } from '../i18n/i18n.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { fuzzyScore } from '../ui/fuzzy.ts';
import { isSlipOf } from '../ui/isSlipOf.ts';
import { pinyinInitials } from './pinyin.ts';
import { searchByUse, stem } from './searchByUse.ts';

/** What a word found in the description is worth; less than any name. */
const DESCRIBED = 2;
/** Worth of the name of the group that a node type stands in. */
const OF_THE_GROUP = 3;
/** Worth of the initials of a Chinese name in pinyin; less than the word itself in English. */
const INITIALS = 12;

/** Whether a word names the group of a node type, in English or in the language of the window, of one or of many. */
function groupScorer({ category }: NodeDefinition): (word: string) => boolean {
  const names = [category, i18n.t(`library.categories.${category}`).toLowerCase()];
  const stems = names.flatMap((name) => queryWords(name)).map(stem);
  return (word) => {
    const wanted = stem(word);
    return /\p{Script=Han}/u.test(word)
      ? word.length > 1 && names.some((name) => name.includes(word))
      : wanted.length > 2 && stems.some((own) => own.startsWith(wanted) || wanted === own);
  };
}

/** How well a node type answers a word, by name, alias, initials, group and what it does: 0 not at all, more is better. */
export function wordScorer(definition: NodeDefinition): (word: string) => number {
  const { title, aliases, description } = definitionText(definition);
  const described = `${description} ${definition.text.description}`.toLowerCase();
  const initials = [title, ...aliases].map(pinyinInitials);
  const namesGroup = groupScorer(definition);
  return (word) =>
    Math.max(
      0,
      fuzzyScore(word, title) * 2,
      fuzzyScore(word, definition.kind) * 1.5,
      ...aliases.map((alias) => fuzzyScore(word, alias) * 1.2),
      ...initials.map((text) => (word.length > 1 && text.startsWith(word) ? INITIALS : 0)),
      // A sentence holds nearly any few letters in order: there the word itself has to stand.
      word.length > 1 && described.includes(word) ? DESCRIBED : 0,
      namesGroup(word) ? OF_THE_GROUP : 0,
    );
}

/** How well a node type answers a query: 0 where a word of it is nowhere. */
function score(definition: NodeDefinition, words: readonly string[]): number {
  const scores = words.map(wordScorer(definition));
  return scores.includes(0) ? 0 : scores.reduce((total, value) => total + value, 0);
}

/** The words of a query: `1-D` is written `1d` in names, and other hyphens stand between words. */
export const queryWords = (query: string): readonly string[] =>
  query
    .toLowerCase()
    .replaceAll(/(\d)-d\b/g, '$1d')
    .split(/[\s-]+/)
    .filter(Boolean);

/** Node types that match every word of the query by title, alias, initials in pinyin or description, best first; slips are forgiven. */
export function matchNodes(query: string): readonly NodeDefinition[] {
  const words = queryWords(query);
  if (words.length === 0) return nodeDefinitions;
  return nodeDefinitions
    .map((definition) => ({ definition, score: score(definition, words) }))
    .filter((entry) => entry.score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ definition }) => definition);
}

/** Whether every word of a query begins a word of the title. */
export function titleHas(title: string, query: string): boolean {
  const parts = queryWords(title);
  const words = queryWords(query);
  return words.length > 0 && words.every((word) => parts.some((part) => part.startsWith(word)));
}

/** From so many words on a query is a sentence, of which not every word has to be found. */
const SENTENCE = 3;

/** Node types with a word in their names that was meant where letters were mixed up. */
function searchBySlip(query: string): readonly NodeDefinition[] {
  const words = queryWords(query);
  return nodeDefinitions.filter((definition) => {
    const { title, aliases } = definitionText(definition);
    const names = [title, ...aliases].flatMap((name) => [name.toLowerCase(), ...queryWords(name)]);
    return words.every((word) =>
      names.some((name) => name === word || isSlipOf(word, name) || soundsLike(word, name)),
    );
  });
}

/** Whether a word is a Chinese name with another character of the same initial sound: 卷机 for 卷积. */
function soundsLike(word: string, name: string): boolean {
  const initials = pinyinInitials(word);
  const shared = [...word].some((character) => name.includes(character));
  return initials.length > 1 && shared && pinyinInitials(name).startsWith(initials);
}

/** Whether the words stand in what is said of a node type, letter by letter. */
function isSpelt(definition: NodeDefinition, words: readonly string[]): boolean {
  const { title, aliases, description } = definitionText(definition);
  const { text, kind } = definition;
  const all = [title, kind, ...aliases, description, text.title, text.description].join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

/**
 * The same; where no node type has the words as they are written, those that may have been meant come first; for
 * sentences, and where no node type has every word, also those that do what the words ask for.
 */
export function searchNodes(query: string): readonly NodeDefinition[] {
  const matched = matchNodes(query);
  const words = queryWords(query);
  const isSentence = words.length >= SENTENCE;
  const meant = matched.some((definition) => isSpelt(definition, words)) ? [] : searchBySlip(query);
  const found = [...meant, ...matched];
  return [...new Set(found.length > 0 && !isSentence ? found : [...found, ...searchByUse(query)])];
}
