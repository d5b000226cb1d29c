import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { nodeText } from '../i18n/nodeText.ts';

/** How well a node type answers a query: 0 not at all, more is better. */
function score(definition: NodeDefinition, words: readonly string[]): number {
  const text = nodeText(definition.kind) ?? definition.text;
  const title = text.title.toLowerCase();
  const aliases = text.aliases.map((alias) => alias.toLowerCase());
  const description = text.description.toLowerCase();
  let total = 0;
  for (const word of words) {
    if (title === word) total += 100;
    else if (title.startsWith(word)) total += 50;
    else if (title.includes(word) || definition.kind.includes(word)) total += 20;
    else if (aliases.some((alias) => alias.startsWith(word))) total += 12;
    else if (aliases.some((alias) => alias.includes(word))) total += 8;
    else if (description.includes(word)) total += 3;
    else return 0;
  }
  return total;
}

/** Node types that match every word of the query by title, alias or description, best first. */
export function searchNodes(query: string): readonly NodeDefinition[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return nodeDefinitions;
  return nodeDefinitions
    .map((definition) => ({ definition, score: score(definition, words) }))
    .filter((entry) => entry.score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ definition }) => definition);
}
