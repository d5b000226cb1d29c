import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { describeFix } from '#shared/i18n/describeFix.ts';
import { en } from '#shared/i18n/en.ts';
import { fixSchema } from '#shared/protocol/problem.ts';
import { runRecordSchema } from '#shared/protocol/run.ts';
import { template } from '../networks.ts';

const root = new URL('../../../../shared/', import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(new URL(file, root), 'utf8'))
  .join('\n');

/** Every place where shared code names a problem: a `code` property, or a call of a local maker of problems. */
const CODE =
  /(?:\bcode: |\bcode === |\b(?:error|refuse|report)\(|\bedgeProblem\(edge, |return (?=')|\? (?='[a-z]+-to-)|: (?='wrong-direction'))\s*'([a-z]+(?:-[a-z]+)+|cycle)'/g;
const used = new Set([...sources.matchAll(CODE)].map(([, code]) => code ?? ''));
const texts: Readonly<Record<string, string>> = en.problems;

describe('the English texts', () => {
  it('cover every problem that shared code reports, and hold none that nothing reports', () => {
    const known = new Set(Object.keys(texts));
    expect([...used].filter((code) => !known.has(code))).toEqual([]);
    expect(
      [...known].filter((code) => !sources.replaceAll(`${JSON.stringify(code)}:`, '').includes(`'${code}'`)),
    ).toEqual([]);
    expect(used.size).toBeGreaterThan(30);
  });

  it('are valid messages that say something with any data', () => {
    const data = new Proxy(
      {},
      {
        get: () => 1,
        has: () => true,
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 1 }),
      },
    );
    for (const section of Object.values(en)) {
      for (const message of Object.values(section)) {
        const text = String(new IntlMessageFormat(message, 'en').format(data));
        expect(text).not.toMatch(/[{}]/);
        expect(text.length).toBeGreaterThan(3);
      }
    }
    for (const message of Object.values(texts)) expect(message).toMatch(/[.]$/);
  });

  it('name every fix', () => {
    expect(Object.keys(en.fixes).toSorted()).toEqual(
      fixSchema.options.map(({ shape }) => shape.kind.value).toSorted(),
    );
  });

  it('cover every failure that the engine and its host report, and hold none that nothing reports', () => {
    const main = new URL('../../../../main/', import.meta.url);
    const code = readdirSync(main, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(new URL(file, main), 'utf8'))
      .join('\n');
    const reported = [...code.matchAll(/\bengineFailure\(\s*'[a-z-]+',\s*'([a-z-]+)'/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(reported)].toSorted()).toEqual(Object.keys(en.failures).toSorted());
  });

  it('are not needed by the failure of an older run, which has its message alone', () => {
    const { failure } = runRecordSchema.shape;
    const old = { reason: 'crashed', message: 'The engine was killed.' };
    expect(failure.parse(old)).toEqual(old);
  });

  it('describe a fix in the words of its node', () => {
    const document = template('cnn-mnist');
    const text = (fix: Parameters<typeof describeFix>[0]): string => {
      const { key, data } = describeFix(fix, document);
      return String(new IntlMessageFormat(en.fixes[key], 'en').format({ ...data }));
    };
    expect(text({ kind: 'insert-node', nodeKind: 'flatten', params: {}, edgeId: '' })).toBe('Insert Flatten');
    expect(text({ kind: 'set-param', nodeId: 'logits', param: 'units', value: 10 })).toBe('Set units to 10');
    expect(text({ kind: 'connect', from: ['flatten', 'y'], to: ['dense-1', 'x'] })).toBe('Connect Flatten');
  });
});
