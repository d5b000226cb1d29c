import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speak } from '#main/services/messages.ts';
import { formatProblem } from '#main/services/problemMessages.ts';
import { MAX_JSON_DEPTH } from '#shared/graph/jsonText.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { template } from '../networks.ts';

interface Loose {
  readonly nodes: Record<string, unknown>[];
  readonly edges: Record<string, unknown>[];
  readonly training: Record<string, unknown>;
}

const text = serializeDocument(template('cnn-mnist'));

describe('parseDocument', () => {
  it('never throws on a damaged file, and says where the JSON breaks', () => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 4 }), fc.nat(20), (at, put, cut) => {
        const result = parseDocument(text.slice(0, at) + put + text.slice(at + cut));
        if (!result.ok) {
          expect(result.error.length).toBeGreaterThan(0);
          for (const { code, data } of result.error) {
            if (code !== 'json-broken') continue;
            expect(data.line).toBeGreaterThan(0);
            expect(data.column).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with JSON.parse about what JSON is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(200), fc.string({ maxLength: 2 }), (json, at, put) => {
        const damaged = json.slice(0, at) + put + json.slice(at);
        let valid = damaged.trim() !== '';
        try {
          JSON.parse(damaged);
        } catch {
          valid = false;
        }
        const result = parseDocument(damaged);
        const codes = result.ok ? [] : result.error.map(({ code }) => code);
        const broken = codes.includes('json-broken') || codes.includes('file-empty');
        expect(broken).toBe(!valid);
      }),
      { numRuns: 300 },
    );
  });

  it('is not exhausted by nesting', () => {
    for (const depth of [MAX_JSON_DEPTH + 10, 200_000]) {
      const result = parseDocument('['.repeat(depth));
      expect(result).toMatchObject({
        ok: false,
        error: [{ code: 'json-broken', data: { reason: 'depth' } }],
      });
    }
  });

  it('says of a number beyond every limit once what the limit is', () => {
    const result = parseDocument(text.replace(/"epochs": \d+/, '"epochs": 1e300'));
    expect(result).toMatchObject({ ok: false, error: [{ data: { reason: 'above', limit: 100_000 } }] });
  });

  it.each<[string, (document: Loose) => void, object]>([
    [
      'a name that is too long',
      (d) => Object.assign(d, { name: 'n'.repeat(300) }),
      { path: 'name', reason: 'long', limit: 200, length: 300 },
    ],
    [
      'a kind that is empty',
      (d) => Object.assign(d.nodes[0] ?? {}, { kind: '' }),
      { path: 'nodes[0].kind', reason: 'empty' },
    ],
    [
      'a place that is missing',
      (d) => delete d.nodes[0]?.position,
      { path: 'nodes[0].position', reason: 'missing' },
    ],
    [
      'a number that is a text',
      (d) => Object.assign(d.training, { epochs: '5' }),
      { reason: 'type', wanted: 'number' },
    ],
    [
      'a fraction of an epoch',
      (d) => Object.assign(d.training, { epochs: 1.5 }),
      { reason: 'type', wanted: 'int' },
    ],
    ['too few epochs', (d) => Object.assign(d.training, { epochs: 0 }), { reason: 'below', limit: 1 }],
    [
      'an id with spaces',
      (d) => Object.assign(d.nodes[0] ?? {}, { id: 'a b' }),
      { path: 'nodes[0].id', reason: 'id' },
    ],
    [
      'a switch of no kind',
      (d) => Object.assign(d.nodes[0] ?? {}, { off: 'no' }),
      { reason: 'choice', wanted: '"bypassed", "muted"' },
    ],
    [
      'a variable with the name of a function',
      (d) => Object.assign(d, { variables: [{ name: 'min', value: 1 }] }),
      { path: 'variables[0].name', reason: 'reserved' },
    ],
    [
      'a variable that is no expression',
      (d) => Object.assign(d, { variables: [{ name: 'a', value: 'b' }] }),
      { path: 'variables[0].value', reason: 'expression' },
    ],
    [
      'a variable that is a list',
      (d) => Object.assign(d, { variables: [{ name: 'a', value: [] }] }),
      { reason: 'sort' },
    ],
    [
      'too many points of a wire',
      (d) => Object.assign(d.edges[0] ?? {}, { via: Array.from({ length: 65 }, () => ({ x: 0, y: 0 })) }),
      { reason: 'many', limit: 64, length: 65 },
    ],
  ])('says what is wrong with %s in words of its own', (_, spoil, data) => {
    const document = JSON.parse(text) as Loose;
    spoil(document);
    const result = parseDocument(JSON.stringify(document, null, 2));
    expect(result).toMatchObject({ ok: false, error: [{ code: 'document-invalid', data }] });
    const [problem] = result.ok ? [] : result.error;
    const words = problem ? formatProblem(problem) : '';
    expect(words).toMatch(/^Line \d+, column \d+: [\w.[\]]+ is not right: (it|a text) .*\. Correct it/);
    speak('zh');
    try {
      expect(problem && formatProblem(problem)).toMatch(
        /^第 \d+ 行第 \d+ 列：\S+ 不正确：.*\p{Script=Han}.*。请/u,
      );
    } finally {
      speak('en');
    }
  });

  it('reads a file with a byte order mark', () => {
    expect(parseDocument(`\uFEFF${text}`).ok).toBe(true);
  });
});
