import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en as windowTexts } from '#renderer/i18n/en.ts';
import { chinese } from '#renderer/i18n/zh/zh.ts';
import { chooseLanguage } from '#shared/i18n/language.ts';

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
  'WebGPU',
  'safetensors',
]);
const hasWords = (message: string): boolean => /[a-z]{2}/i.test(message.replaceAll(/\{[^{}]*\}/g, ''));

describe.each([['the window, problems and failures', windowTexts, chinese.texts]] as const)(
  'the Chinese of %s',
  (_, english, texts) => {
    const translated = new Map(textsOf(texts));
    it.each(textsOf(english))('says %s', (key, message) => {
      const text = translated.get(key) ?? '';
      expect(argumentsOf(text)).toEqual(argumentsOf(message));
      expect(text).not.toBe('');
      if (hasWords(text) && !sameInChinese.has(text)) expect(text).toMatch(/\p{Script=Han}/u);
      // Punctuation of Chinese sentences is as wide as their characters.
      expect(text).not.toMatch(/\p{Script=Han}[,;:!?.](?![\w=])/u);
    });
  },
);

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
