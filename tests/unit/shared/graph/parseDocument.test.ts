import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_JSON_DEPTH } from '#shared/graph/jsonText.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { template } from '../networks.ts';

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
    const reasons = result.ok ? [] : result.error.map(({ data }) => data.reason);
    expect(reasons).toEqual([expect.stringContaining('100000')]);
  });

  it('reads a file with a byte order mark', () => {
    expect(parseDocument(`\uFEFF${text}`).ok).toBe(true);
  });
});
