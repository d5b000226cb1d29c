import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProgram } from '#main/cli/program.ts';
import { type CommandLineTextKey, formatCommandLine } from '#main/services/messages.ts';
import { commandLineTexts } from '#shared/i18n/commandLineTexts.ts';
import { en } from '#shared/i18n/en.ts';

function sourcesIn(folder: string): string {
  const root = new URL(`../../../../main/${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .join('\n');
}

/** Every name that a message asks for; numbers where it wants one. */
function valuesFor(text: string): Record<string, string | number> {
  const names = [...text.matchAll(/\{(\w+)(?:\}|, (\w+))/g)];
  return Object.fromEntries(
    names.map(([, name = '', type]) => [name, type === 'plural' || type === 'number' ? 12_345 : '«?»']),
  );
}

describe('texts of the command line', () => {
  it('are all used', () => {
    const sources = sourcesIn('cli');
    expect(Object.keys(commandLineTexts).filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  });

  it.each(Object.entries(commandLineTexts))('%s can be written', (key, text) => {
    const written = formatCommandLine(key as CommandLineTextKey, valuesFor(text));
    expect(written).not.toMatch(/[{}]/);
    expect(written).not.toContain('12,345');
  });

  it('group thousands with thin spaces', () => {
    expect(formatCommandLine('can-train', { source: 'a.json', nodes: 1, parameters: 55_000 })).toBe(
      'a.json can be trained: 1 node, 55\u202f000 parameters.',
    );
  });

  it('are the whole help of every command', () => {
    const program = createProgram('1.2.3', async () => undefined);
    const texts = Object.values(commandLineTexts).map((text) => text.split('{')[0] ?? '');
    for (const command of [program, ...program.commands]) {
      expect(texts).toContain(command.description());
      for (const { description } of command.options) expect(texts).toContain(description);
      const help = command.helpInformation();
      expect(help).toContain(commandLineTexts['option-help']);
    }
  });
});

describe('notes on engines', () => {
  it('are all given', () => {
    const sources = sourcesIn('engine');
    expect(Object.keys(en.runtimeNotes).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });
});
