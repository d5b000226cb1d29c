import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockTexts } from '#renderer/i18n/blockTexts.ts';
import { commandTexts } from '#renderer/i18n/commandTexts.ts';
import { compareTexts } from '#renderer/i18n/compareTexts.ts';
import { dialogTexts } from '#renderer/i18n/dialogTexts.ts';
import { dockTexts } from '#renderer/i18n/dockTexts.ts';
import { startTexts } from '#renderer/i18n/startTexts.ts';
import { tourTexts } from '#renderer/i18n/tourTexts.ts';
import { uiTexts } from '#renderer/i18n/uiTexts.ts';

const texts = {
  ...blockTexts,
  ...commandTexts,
  ...compareTexts,
  ...dialogTexts,
  ...dockTexts,
  ...startTexts,
  ...tourTexts,
  ...uiTexts,
};

function keysOf(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'string') return [path.join('.')];
  return Object.entries(value as object).flatMap(([key, inner]) => keysOf(inner, [...path, key]));
}

const keys = keysOf(texts);
const root = join(import.meta.dirname, '..', '..', '..', 'renderer');
const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/[\\/]?i18n[\\/]\w+Texts\.ts$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

/** Quoted keys, and templates such as `dock.tabs.${name}` with what may stand in the hole. */
const families = Object.keys(texts).join('|');
const literals = [...source.matchAll(new RegExp(`['"]((?:${families})\\.[\\w.-]+)['"]`, 'g'))].map(
  ([, key]) => key ?? '',
);
const templates = [...source.matchAll(new RegExp(`\`((?:${families})\\.[^\`]*\\$\\{[^\`]*)\``, 'g'))].map(
  ([, template]) =>
    new RegExp(
      `^${(template ?? '')
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'))
        .join('[\\w-]+')}$`,
    ),
);

describe('texts of the window', () => {
  it('are all used', () => {
    const used = new Set(literals);
    const idle = keys.filter((key) => !used.has(key) && !templates.some((template) => template.test(key)));
    expect(idle).toEqual([]);
  });

  it('are there for every key that is used', () => {
    const known = new Set(keys);
    expect(literals.filter((key) => !known.has(key))).toEqual([]);
    expect(
      templates.filter((template) => !keys.some((key) => template.test(key))).map(({ source }) => source),
    ).toEqual([]);
  });
});
