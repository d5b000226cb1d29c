import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en as windowTexts } from '#renderer/i18n/en.ts';
import { chinese } from '#renderer/i18n/zh/zh.ts';
import { readyBlocks } from '#shared/blocks/index.ts';
import type { BlockDefinition } from '#shared/graph/document.ts';
import { commandLineTexts } from '#shared/i18n/commandLineTexts.ts';
import { hostTexts } from '#shared/i18n/hostTexts.ts';
import { chooseLanguage } from '#shared/i18n/language.ts';
import { translateReadyBlock } from '#shared/i18n/readyBlockTexts.ts';
import { translateTemplate } from '#shared/i18n/templateTexts.ts';
import { commandLineTexts as chineseCommandLine } from '#shared/i18n/zh/commandLineTexts.ts';
import { hostTexts as chineseHostTexts } from '#shared/i18n/zh/hostTexts.ts';
import { translatePhrase } from '#shared/i18n/zh/nodes/nodeTranslation.ts';
import { readyBlockTexts } from '#shared/i18n/zh/readyBlockTexts.ts';
import { templateTexts } from '#shared/i18n/zh/templateTexts.ts';
import { templates } from '#shared/templates/index.ts';

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** Texts with the way to each: `dock.tabs.training`. */
function textsOf(value: unknown, path: string[] = []): [string, string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, [...path, key]));
}

/** Names that a message asks for, at any depth. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const visit = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if ('value' in part && part.type !== 0) names.add(part.value);
      if ('options' in part) for (const { value } of Object.values(part.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(message, 'zh', undefined, { ignoreTag: true }).getAst());
  return [...names].toSorted();
}

/** What people who read Chinese call by the same name. */
const sameInChinese = new Set([
  'English',
  'FLOPs',
  'JavaScript',
  'Neuroloom',
  'TensorFlow SavedModel',
  'Top-k',
  'WebGPU',
  'safetensors',
]);
const hasWords = (message: string): boolean => /[a-z]{2}/i.test(message.replaceAll(/\{[^{}]*\}|--\w+/g, ''));

describe.each([
  ['the window, problems and failures', windowTexts, chinese.texts],
  ['the host', hostTexts, chineseHostTexts],
  ['the command line', commandLineTexts, chineseCommandLine],
] as const)('the Chinese of %s', (_, english, texts) => {
  const translated = new Map(textsOf(texts));
  it.each(textsOf(english))('says %s', (key, message) => {
    const text = translated.get(key) ?? '';
    expect(argumentsOf(text)).toEqual(argumentsOf(message));
    expect(text).not.toBe('');
    if (hasWords(text) && !sameInChinese.has(text)) expect(text).toMatch(/\p{Script=Han}/u);
    // Punctuation of Chinese sentences is as wide as their characters.
    expect(text).not.toMatch(/\p{Script=Han}[,;:!?.](?![\w=])/u);
  });
});

describe('the language that is asked for', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['zh_CN.UTF-8'], 'zh'],
    [['de-DE', 'zh-TW'], 'zh'],
    [['en-GB', 'zh'], 'en'],
    [['fr', 'C'], 'en'],
    [[], 'en'],
  ] as const)('%j gives %s', (asked, language) => {
    expect(chooseLanguage(asked)).toBe(language);
  });
});

/** In Chinese, or a letter as in formulas. */
const spokenPort = /\p{Script=Han}|^[a-z]$/u;
const portNames = ({ inputs, outputs }: BlockDefinition): string[] =>
  [...inputs, ...outputs].map(({ id, title }) => title ?? id);

describe('the Chinese of the ready-made blocks', () => {
  it.each(readyBlocks.map((block) => [block.id, block] as const))(
    'has %s, and changes words alone',
    (_, block) => {
      const words = ({ title, description, nodes }: (typeof block.definitions)[number]) => [
        title,
        description,
        ...nodes.flatMap((node) => node.title ?? []),
      ];
      const translated = translateReadyBlock(block, readyBlockTexts);
      for (const text of translated.flatMap(words)) expect(text).toMatch(/\p{Script=Han}/u);
      for (const port of translated.flatMap(portNames)) expect(translatePhrase(port)).toMatch(spokenPort);
      const untitled = <Port extends { title?: string | undefined }>({ title: _, ...port }: Port) => port;
      const wordless = (definitions: typeof block.definitions) =>
        definitions.map(({ title: _title, description: _description, nodes, inputs, outputs, ...rest }) => ({
          ...rest,
          inputs: inputs.map(untitled),
          outputs: outputs.map(untitled),
          nodes: nodes.map(({ title: _node, ...node }) => node),
        }));
      expect(wordless(translated)).toEqual(wordless(block.definitions));
    },
  );
});

describe('the Chinese of the templates', () => {
  /** Titles that are names in both languages: numbers, signs, kinds. */
  const same = /^[\d\s→×−]*$|^Transformer$/;
  const titlesIn = ({ nodes, blocks = [] }: (typeof templates)[number]['document']) => [
    ...nodes.flatMap(({ title }) => title ?? []),
    ...blocks.flatMap((block) =>
      [block.title ?? [], ...block.nodes.flatMap(({ title }) => title ?? [])].flat(),
    ),
  ];

  const descriptionsIn = ({ blocks = [] }: (typeof templates)[number]['document']) =>
    blocks.flatMap(({ description }) => description ?? []);

  it.each(templates.map((template) => [template.id, template] as const))('has %s', (id, template) => {
    expect(templateTexts.templates[id]?.description).toMatch(/\p{Script=Han}/u);
    expect(templateTexts.architectures).toHaveProperty([template.architecture]);
    const english = titlesIn(template.document);
    expect(english.filter((title) => !(title in templateTexts.titles) && !same.test(title))).toEqual([]);
    const translated = translateTemplate(template, templateTexts);
    for (const text of descriptionsIn(translated)) expect(text).toMatch(/\p{Script=Han}/u);
    expect(translated.name).toBe(templateTexts.templates[id]?.title);
    expect({ ...translated, name: '', nodes: [], blocks: [] }).toEqual({
      ...template.document,
      name: '',
      nodes: [],
      blocks: [],
    });
  });

  const portsIn = ({ blocks = [] }: (typeof templates)[number]['document']) => blocks.flatMap(portNames);

  it('has a word for every port of a block that is more than a letter', () => {
    const ports = templates.flatMap((template) => portsIn(translateTemplate(template, templateTexts)));
    expect(ports.filter((port) => !spokenPort.test(translatePhrase(port)))).toEqual([]);
  });

  it('holds nothing that no template has', () => {
    const ids = templates.map(({ id }) => id);
    expect(Object.keys(templateTexts.templates).filter((id) => !ids.includes(id))).toEqual([]);
    const titles = new Set(templates.flatMap(({ document }) => titlesIn(document)));
    expect(Object.keys(templateTexts.titles).filter((title) => !titles.has(title))).toEqual([]);
    const ports = new Set(templates.flatMap(({ document }) => portsIn(document)));
    expect(Object.keys(templateTexts.ports).filter((port) => !ports.has(port))).toEqual([]);
    const said = new Set(templates.flatMap(({ document }) => descriptionsIn(document)));
    expect(Object.keys(templateTexts.descriptions).filter((text) => !said.has(text))).toEqual([]);
  });
});
