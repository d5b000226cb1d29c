import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { en } from '#shared/i18n/en.ts';
import { messageFormatters } from '#shared/i18n/messageFormatters.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { templates } from '#shared/templates/index.ts';
import { formatType } from '#shared/types/portType.ts';

/**
 * Real files, good and bad, each with what must come of it as reviewed JSON. After a change that is
 * meant, write the outcomes anew with UPDATE_GOLDEN=1 and read the difference.
 */
const folder = new URL('./documents/', import.meta.url);
const expectedFolder = new URL('./expected/', import.meta.url);
const files = readdirSync(folder).toSorted();
const texts: Readonly<Record<string, string>> = en.problems;

function described({ code, severity, nodeId, port, param, edgeId, data, fix }: Problem) {
  const message = new IntlMessageFormat(texts[code] ?? `no text for ${code}`, 'en', undefined, {
    formatters: messageFormatters,
  }).format({ ...data });
  return { code, severity, nodeId, port, param, edgeId, message, fix };
}

function outcome(text: string) {
  const parsed = parseDocument(text);
  if (!parsed.ok) return { opens: false, problems: parsed.error.map(described) };
  const { problems, edges, totals } = analyze(parsed.value);
  const plan = createPlan(parsed.value);
  return {
    opens: true,
    trains: plan.ok,
    problems: problems.map(described),
    totals,
    wires: Object.fromEntries([...edges].map(([id, type]) => [id, formatType(type)])),
    ...(plan.ok && { order: plan.value.nodes.map(({ path }) => path) }),
  };
}

describe.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const expectedPath = new URL(`${basename(file, '.neuroloom.json')}.json`, expectedFolder);

  it('comes to what was reviewed', () => {
    const actual = JSON.parse(JSON.stringify(outcome(text)));
    if (process.env.UPDATE_GOLDEN) {
      mkdirSync(expectedFolder, { recursive: true });
      writeFileSync(expectedPath, `${JSON.stringify(actual, null, 2)}\n`);
    }
    expect(existsSync(expectedPath)).toBe(true);
    expect(actual).toEqual(JSON.parse(readFileSync(expectedPath, 'utf8')));
  });

  it('is written back byte for byte if it was in today’s form, and keeps its meaning in any case', () => {
    const parsed = parseDocument(text);
    if (!parsed.ok) return;
    const written = serializeDocument(parsed.value);
    const again = parseDocument(written);
    expect(again).toEqual(parsed);
    const handWritten = ['version-0', 'nothing', 'unknown-keys'].includes(basename(file, '.neuroloom.json'));
    if (!handWritten) expect(written).toBe(text);
  });
});

describe('the templates', () => {
  it.each(templates.map(({ id, document }) => [id, document] as const))(
    '%s is the file beside this test',
    (id, document) => {
      const path = new URL(`${id}.neuroloom.json`, folder);
      if (process.env.UPDATE_GOLDEN) writeFileSync(path, serializeDocument(document));
      expect(serializeDocument(document)).toBe(readFileSync(path, 'utf8'));
    },
  );
});
