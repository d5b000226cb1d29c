import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lessonText, nodeText, speakOfNodes, summaryLines } from '#shared/i18n/nodeTexts.ts';
import { cardPhrases } from '#shared/i18n/zh/nodes/cardPhrases.ts';
import { helpPhrases } from '#shared/i18n/zh/nodes/helpPhrases.ts';
import { labelPhrases } from '#shared/i18n/zh/nodes/labelPhrases.ts';
import { kindTexts, nodeTranslation } from '#shared/i18n/zh/nodes/nodeTranslation.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { scheduleSchema } from '#shared/nodes/schedule.ts';

const han = /\p{Script=Han}/u;

/** Labels, ports and options that are proper names, letters or signs in both languages. */
const sameInChinese =
  /^(.{1,2}|B|logits?|ReLU|Leaky ReLU|ELU|SELU|GELU|SiLU|Mish|Softplus|Sigmoid|Hard sigmoid|Tanh|Softmax|Log-softmax|Log-sum-exp|ALiBi|Dropout|Wasserstein|Nesterov|Epsilon|Gamma|Delta)$/i;

/** Of a node type, every label, option, port and help, in English. */
function phrasesOf({ text }: NodeDefinition): string[] {
  return [
    ...Object.values(text.params).flatMap(({ label, help, options }) => [
      label,
      ...(help === undefined ? [] : [help]),
      ...Object.values(options ?? {}),
    ]),
    ...Object.values(text.ports),
  ];
}

/** The lines of its cards, by its defaults and its examples. */
function cardParts(definition: NodeDefinition): string[] {
  const given = [{}, ...definition.examples.map(({ params }) => params)];
  return given.flatMap((params) => {
    const parsed = definition.params.safeParse(params);
    return parsed.success ? definition.summary(parsed.data).flatMap((line) => line.split(' · ')) : [];
  });
}

/** What may stay on a card: names of activations and paddings, numbers, shapes, formulas. */
const staysOnCards =
  /^(same|valid|relu|elu|selu|gelu|silu|mish|tanh|sigmoid|softmax|softplus|logits|lion|nesterov|float32|int32|bool|alibi|roc|iou .*|l[12] .*|wasserstein|(log-|hard |leaky )?(re|el|se|si)?\w{0,4}(lu|softmax|sigmoid)|bi?.*->.*|[^a-z]*[a-z]?[^a-z]*|.*[-+*/^(=].*)$/i;

beforeAll(() => speakOfNodes(nodeTranslation));
afterAll(() => speakOfNodes(null));

describe('the Chinese of the node types', () => {
  it.each(nodeDefinitions.map((definition) => [definition.kind, definition] as const))(
    'has %s',
    (kind, definition) => {
      const text = nodeText(kind);
      expect(kindTexts[kind]).toBeDefined();
      expect(text?.description).toMatch(han);
      if (definition.lesson) expect(lessonText(definition)).toMatch(han);
      expect(text?.aliases).toContain(definition.text.title);
      const own = kindTexts[kind];
      expect(Object.keys(own?.params ?? {}).filter((key) => !(key in definition.text.params))).toEqual([]);
      expect(Object.keys(own?.ports ?? {}).filter((key) => !(key in definition.text.ports))).toEqual([]);
      const missing = phrasesOf(definition).filter(
        (phrase) => !(phrase in labelPhrases) && !(phrase in helpPhrases) && !sameInChinese.test(phrase),
      );
      expect(missing).toEqual([]);
      const english = cardParts(definition).filter(
        (part) => !cardPhrases.some(([pattern]) => pattern.test(part)) && !staysOnCards.test(part),
      );
      expect(english).toEqual([]);
    },
  );

  it('holds nothing that no node type says', () => {
    const kinds = new Set(nodeDefinitions.map(({ kind }) => kind));
    expect(Object.keys(kindTexts).filter((kind) => !kinds.has(kind))).toEqual([]);
    const used = new Set(nodeDefinitions.flatMap(phrasesOf));
    const idle = [...Object.keys(labelPhrases), ...Object.keys(helpPhrases)].filter((key) => !used.has(key));
    expect(idle).toEqual([]);
  });

  it('keeps numbers and shapes of a card', () => {
    const conv = nodeDefinitions.find(({ kind }) => kind === 'conv2d');
    expect(conv && summaryLines(conv, conv.params.parse({ filters: 32 }))).toEqual([
      '32 个滤波器 · 3×3 · same',
      '步幅 1 · 线性',
    ]);
  });

  it('names the schedules of learning rates on cards', () => {
    const adam = nodeDefinitions.find(({ kind }) => kind === 'adam');
    for (const schedule of scheduleSchema.options)
      expect(adam && summaryLines(adam, adam.params.parse({ schedule }))[0]).not.toMatch(/[a-z]{3}/i);
  });

  it('is gone when English is asked for again', () => {
    speakOfNodes(null);
    expect(nodeText('dense')?.title).toBe('Dense');
    speakOfNodes(nodeTranslation);
    expect(nodeText('dense')?.title).toBe('全连接层');
  });
});
