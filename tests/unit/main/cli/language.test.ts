import { expect, it } from 'vitest';
import { languageOf } from '#main/cli/language.ts';

it.each([
  [['train', 'iris'], { LANG: 'zh_CN.UTF-8' }, 'zh', ['train', 'iris']],
  [['--lang', 'zh', 'templates'], { LANG: 'en_GB.UTF-8' }, 'zh', ['templates']],
  [['templates', '--lang=en'], { LC_ALL: 'zh_CN' }, 'en', ['templates']],
  [['templates'], { LC_ALL: 'C', LANG: 'zh_CN' }, 'en', ['templates']],
  [['templates'], {}, 'en', ['templates']],
] as const)('%j in %j speaks %s', (given, environment, language, rest) => {
  expect(languageOf(given, environment)).toEqual({ language, rest });
});
