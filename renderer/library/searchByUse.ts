import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { definitionText, lessonText } from '../i18n/nodeText.ts';

/** Words that say nothing of what is looked for. */
const empty = new Set(
  'a an and are as at be by can do does for from how i in into is it its layer make makes me my need no node nodes not of on or out so some something such that the them thing things this to use want what when which with without you'.split(
    ' ',
  ),
);
/** What people want done to a thing: the thing says more. By their stems. */
const wishes = new Set(
  'against,avoid,decreas,fight,find,help,improv,increas,keep,less,lower,more,prevent,reduc,remov,stop'.split(
    ',',
  ),
);
const OF_A_WISH = 0.2;
const SHORTEST = 4;
/** Share of what the words are worth that a node type has to answer. */
const ENOUGH = 0.5;

/** A word without its ending, so that `reduces` finds `reduce`; spelt the British way. */
export function stem(word: string): string {
  const cut = word.replace(/(?:ing|ed|es|s|e)$/, '');
  return (cut.length < SHORTEST ? word : cut.replace(/([a-z])\1$/, '$1')).replaceAll('z', 's');
}

/** What a sentence is looked up by: its words but for the empty ones; of Chinese every two characters in a row. */
function termsOf(query: string): readonly string[] {
  const lower = query.toLowerCase();
  const words = (lower.match(/[\p{Script=Latin}\d]+/gu) ?? [])
    .filter((word) => word.length >= SHORTEST && !empty.has(word))
    .map(stem);
  const pairs = (lower.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap((run) =>
    Array.from(run, (_, at) => run.slice(at, at + 2)).filter((pair) => pair.length === 2),
  );
  return [...new Set([...words, ...pairs])];
}

function textOf(definition: NodeDefinition): string {
  const { title, aliases, description } = definitionText(definition);
  const { text } = definition;
  return [title, ...aliases, description, text.description, ...text.aliases, lessonText(definition) ?? '']
    .join(' ')
    .toLowerCase()
    .replaceAll('z', 's');
}

/**
 * Node types by what people want of them, best first: those whose texts, lesson included, answer at least half of a
 * sentence. Rare words count for more: of "reduces overfitting" the second says what is meant.
 */
export function searchByUse(query: string): readonly NodeDefinition[] {
  const entries = nodeDefinitions.map((definition) => ({ definition, text: textOf(definition) }));
  const known = termsOf(query).flatMap((term) => {
    const holders = entries.filter(({ text }) => text.includes(term)).length;
    const worth = Math.log(1 + entries.length / holders) * (wishes.has(term) ? OF_A_WISH : 1);
    return holders === 0 ? [] : [{ term, worth }];
  });
  const all = known.reduce((sum, { worth }) => sum + worth, 0);
  return entries
    .map(({ definition, text }) => ({
      definition,
      score: known.reduce((sum, { term, worth }) => sum + (text.includes(term) ? worth : 0), 0),
    }))
    .filter(({ score }) => score > 0 && score >= ENOUGH * all)
    .toSorted((a, b) => b.score - a.score)
    .map(({ definition }) => definition);
}
