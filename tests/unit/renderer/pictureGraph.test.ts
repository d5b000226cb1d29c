import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { putIntoPng, svgMetadata, takeFromPng, takeFromSvg } from '#renderer/files/pictureGraph.ts';
import { readGraph } from '#renderer/files/readGraph.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { templates } from '#shared/templates/index.ts';

const png = encode({ width: 2, height: 2, data: new Uint8Array(16), channels: 4, depth: 8 });
const texts = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/[\ud800-\udfff]/u.test(text));

describe('a graph in a picture', () => {
  it('comes back out of a PNG and an SVG as it went in', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(takeFromPng(putIntoPng(png, text))).toBe(text);
        expect(takeFromSvg(`<svg>${svgMetadata(text)}<rect/></svg>`)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('is opened from every template’s picture', () => {
    for (const { document } of templates) {
      const text = serializeDocument(document);
      const svg = new TextEncoder().encode(
        `<svg xmlns="http://www.w3.org/2000/svg">${svgMetadata(text)}</svg>`,
      );
      for (const picture of [putIntoPng(png, text), svg]) {
        const read = readGraph(picture);
        expect(read.ok && serializeDocument(read.value)).toBe(text);
      }
    }
  });

  it('is not believed where a byte of it is another, or where the file is cut off', () => {
    const whole = putIntoPng(png, 'graph '.repeat(20));
    const at = whole.length - 40;
    const changed = Uint8Array.from(whole);
    changed[at] = 0x41 ^ (changed[at] ?? 0);
    expect(takeFromPng(changed)).toBe(null);
    for (let length = 0; length < whole.length - 12; length += 7)
      expect(takeFromPng(whole.subarray(0, length))).toBe(null);
    expect(readGraph(png)).toMatchObject({ ok: false, error: [{ code: 'picture-without-graph' }] });
  });

  it('is told from photographs, tables and other texts', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const code = (file: Uint8Array) => {
      const read = readGraph(file);
      return read.ok ? '' : read.error[0]?.code;
    };
    expect(code(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16))).toBe('picture-without-graph');
    expect(code(bytes('a,b\n1,2\n'))).toBe('file-not-a-graph');
    expect(code(bytes('{"format":"neuroloom","nodes":['))).toBe('json-broken');
    expect(code(bytes(''))).toBe('file-empty');
  });

  it('survives lengths that lie', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const lying = new Uint8Array(8 + bytes.length);
        lying.set(png.subarray(0, 8));
        lying.set(bytes, 8);
        expect(takeFromPng(lying)).toBe(null);
      }),
    );
  });
});
