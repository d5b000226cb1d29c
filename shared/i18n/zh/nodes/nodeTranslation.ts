import type { NodeDefinition, NodeText } from '../../../nodes/defineNode.ts';
import type { NodeTranslation } from '../../nodeTexts.ts';
import { cardPhrases } from './cardPhrases.ts';
import type { KindTexts } from './kindTexts.ts';
import { phrases } from './phrases.ts';

/** By kind, from the tables of the folders. */
export const kindTexts: Readonly<Record<string, KindTexts>> = {};

/** Labels, options, ports and help are shared by many node types, so one table has them by their English. */
export function translatePhrase(english: string): string {
  return phrases[english] ?? english;
}

function translateParams(params: NodeText['params'], own: KindTexts['params']): NodeText['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([key, { label, help, options }]) => [
      key,
      {
        label: own?.[key] ?? translatePhrase(label),
        ...(help !== undefined && { help: translatePhrase(help) }),
        ...(options && {
          options: Object.fromEntries(
            Object.entries(options).map(([value, text]) => [value, translatePhrase(text)]),
          ),
        }),
      },
    ]),
  );
}

function translateText({ kind, text }: NodeDefinition): NodeText {
  const own = kindTexts[kind];
  return {
    title: own?.title ?? text.title,
    description: own?.description ?? text.description,
    params: translateParams(text.params, own?.params),
    ports: Object.fromEntries(
      Object.entries(text.ports).map(([id, port]) => [id, own?.ports?.[id] ?? translatePhrase(port)]),
    ),
    // Whoever reads Chinese knows many of these things by their English names.
    aliases: [...(own?.aliases ?? []), text.title, ...text.aliases],
  };
}

/** A part of a card's line, between dots. */
function translateCardPhrase(part: string): string {
  for (const [pattern, chinese] of cardPhrases) {
    if (pattern.test(part)) return part.replace(pattern, chinese);
  }
  return part;
}

/** The node types in Chinese. */
export const nodeTranslation: NodeTranslation = {
  text: translateText,
  lesson: ({ kind }) => kindTexts[kind]?.lesson,
  summaryLine: (line) => line.split(' · ').map(translateCardPhrase).join(' · '),
};
