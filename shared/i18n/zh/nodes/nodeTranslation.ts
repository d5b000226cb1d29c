import type { NodeDefinition, NodeText } from '../../../nodes/defineNode.ts';
import type { NodeTranslation } from '../../nodeTexts.ts';
import { attentionTexts } from './attention.ts';
import { cardPhrases } from './cardPhrases.ts';
import { convolutionTexts } from './convolution.ts';
import { dataTexts } from './data.ts';
import { generativeTexts } from './generative.ts';
import { graphTexts } from './graph.ts';
import { helpPhrases } from './helpPhrases.ts';
import type { KindTexts } from './kindTexts.ts';
import { labelPhrases } from './labelPhrases.ts';
import { layerTexts } from './layers.ts';
import { lossTexts } from './losses.ts';
import { metricTexts } from './metrics.ts';
import { normalizationTexts } from './normalization.ts';
import { operationTexts } from './operations.ts';
import { optimizerTexts } from './optimizers.ts';
import { recurrentTexts } from './recurrent.ts';

/** By kind, from the tables of the folders. */
export const kindTexts: Readonly<Record<string, KindTexts>> = {
  ...attentionTexts,
  ...convolutionTexts,
  ...dataTexts,
  ...generativeTexts,
  ...graphTexts,
  ...layerTexts,
  ...lossTexts,
  ...metricTexts,
  ...normalizationTexts,
  ...operationTexts,
  ...optimizerTexts,
  ...recurrentTexts,
};

/** The faces of a block's ports; a block itself has the words of whoever made it. */
const blockTexts: Readonly<Record<string, KindTexts>> = {
  'block-inputs': { title: '输入', description: '模块的输入。' },
  'block-outputs': { title: '输出', description: '模块的输出。' },
};

/** What every instance of a block says beside the words of whoever made it. */
const blockPhrases: Readonly<Record<string, string>> = {
  'new port': '新端口',
  'Copies in a row, each with weights of its own.': '依次排列的副本，各有自己的权重。',
};

/** Labels, options, ports and help are shared by many node types, so one table has them by their English. */
export function translatePhrase(english: string): string {
  return labelPhrases[english] ?? helpPhrases[english] ?? blockPhrases[english] ?? english;
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
  const own = kindTexts[kind] ?? blockTexts[kind];
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
