import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { parseFragment } from '#shared/graph/clipboard.ts';
import { blockWithInner } from '#shared/graph/importBlocks.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';

const head = '"format":"neuroloom","version":1,"name":"x"';
const node = (id: string, more = ''): string =>
  `{"id":"${id}","kind":"relu","params":{${more}},"position":{"x":0,"y":0}}`;
const documentOf = (nodes: string, more = ''): string => `{${head},"nodes":[${nodes}],"edges":[]${more}}`;
const block = (id: string, inside: string, repeat = 1): string =>
  `{"id":"${id}","inputs":[],"outputs":[],"edges":[],"nodes":[{"id":"n","kind":"block","params":{"block":"${inside}","repeat":${repeat}},"position":{"x":0,"y":0}}]}`;
const twice = (id: string, inside: string): string =>
  block(id, inside).replace(
    /"nodes":\[(.*)\]/,
    (_, node: string) => `"nodes":[${node},${node.replace('"n"', '"m"')}]`,
  );
const codes = (text: string): string[] => {
  const parsed = parseDocument(text);
  return parsed.ok ? [] : parsed.error.map(({ code }) => code);
};

/** What strangers may send, with the first problem that it comes to. */
const refused: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'a key that changes prototypes': [documentOf(node('a', '"__proto__":{"polluted":1}')), 'forbidden-key'],
  'the same key, spelt with escapes': [
    documentOf(node('a', '"\\u005f_proto__":{"polluted":1}')),
    'forbidden-key',
  ],
  'the same key at the top': [`{${head},"__proto__":{"nodes":[]},"edges":[]}`, 'forbidden-key'],
  '100,000 lists in each other': [`${'['.repeat(1e5)}${']'.repeat(1e5)}`, 'json-broken'],
  '100,000 objects in a parameter': [
    documentOf(node('a', `"deep":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`)),
    'json-broken',
  ],
  '100,000 lists that do not end': ['['.repeat(1e5), 'json-broken'],
  '100,000 nodes': [
    documentOf(Array.from({ length: 1e5 }, (_, at) => node(`n${at}`)).join()),
    'document-too-large',
  ],
  '20,000 nodes of one name': [
    documentOf(Array.from({ length: 20_000 }, () => node('n')).join()),
    'duplicate-node-id',
  ],
  'a megabyte of nothing': [' '.repeat(1e6), 'file-empty'],
  'no JSON': ['\u0000\u0001\u0002', 'json-broken'],
};

describe('hostile documents', () => {
  it.each(Object.entries(refused))('%s: is refused', (_, [text, code]) => {
    expect(codes(text)[0]).toBe(code);
    expect(({} as { polluted?: number }).polluted).toBe(undefined);
  });

  it('a place is named where it is nested too deeply, and where a key is not allowed', () => {
    const deep = parseDocument(
      `{${head},\n"nodes":[],"edges":[],\n"more":${'['.repeat(99)}${']'.repeat(99)}}`,
    );
    expect(deep).toMatchObject({ ok: false, error: [{ data: { reason: 'depth', line: 3 } }] });
    const key = parseDocument(documentOf(`\n${node('a', '"__proto__":1')}`));
    expect(key).toMatchObject({
      ok: false,
      error: [{ data: { line: 2, path: 'nodes[0].params.__proto__' } }],
    });
  });

  it('keys such as constructor stay plain values', () => {
    const parsed = parseDocument(documentOf(node('a', '"constructor":{"prototype":{"polluted":1}}')));
    expect(parsed.ok && parsed.value.nodes[0]?.params.constructor).toEqual({ prototype: { polluted: 1 } });
    expect(({} as { polluted?: number }).polluted).toBe(undefined);
  });

  it('blocks in a circle, and blocks that multiply beyond all bounds, are problems on the canvas', () => {
    const instance = '{"id":"b","kind":"block","params":{"block":"a"},"position":{"x":0,"y":0}}';
    const circle = parseDocument(documentOf(instance, `,"blocks":[${block('a', 'b')},${block('b', 'a')}]`));
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const grown = parseDocument(
      documentOf(
        instance,
        `,"blocks":[${names.map((id, at) => block(id, names[at + 1] ?? 'none', 256)).join()}]`,
      ),
    );
    // Each of 30 holds the next one twice: 2³⁰ places, were each looked at.
    const doubled = parseDocument(
      documentOf(
        instance,
        `,"blocks":[${Array.from({ length: 30 }, (_, at) => twice(at === 0 ? 'a' : `a${at}`, `a${at + 1}`)).join()}]`,
      ),
    );
    for (const parsed of [circle, grown, doubled]) {
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
      const { problems } = analyze(parsed.value);
      expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
      expect(problems.length).toBeLessThan(1000);
      expect(blockWithInner(parsed.value.blocks ?? [], 'a').length).toBeLessThanOrEqual(30);
      expect(createPlan(parsed.value).ok).toBe(false);
    }
  });

  it('a text that is no graph is one plain problem when pasted', () => {
    for (const text of ['hello', '{', '{"a":1}', '['.repeat(1e5)])
      expect(parseFragment(text)).toMatchObject({ ok: false, error: { code: 'clipboard-not-a-graph' } });
  });
});
