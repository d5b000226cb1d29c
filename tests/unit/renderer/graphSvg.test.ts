import { describe, expect, it } from 'vitest';
import { graphSvg } from '#renderer/files/graphSvg.ts';
import { cutText, wrapText } from '#renderer/files/pictureCards.ts';
import { covers } from '#renderer/files/pictureFonts.ts';
import { takeFromSvg } from '#renderer/files/pictureGraph.ts';
import { analyze } from '#shared/compile/analyze.ts';
import { graphDocumentSchema } from '#shared/graph/document.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';

const measure = (text: string): number => text.length * 6;
const graph = graphDocumentSchema.parse({
  format: 'neuroloom',
  version: 1,
  name: 'sample',
  nodes: [
    { id: 'iris', kind: 'iris', params: {}, position: { x: 0, y: 0 } },
    { id: 'dense', kind: 'dense', title: 'A'.repeat(60), params: {}, position: { x: 300, y: 0 } },
    { id: 'future', kind: 'flux-capacitor', params: {}, position: { x: 600, y: 0 } },
    { id: 'off', kind: 'dropout', params: {}, off: 'muted', position: { x: 600, y: 200 } },
  ],
  edges: [
    {
      from: { node: 'iris', port: 'features' },
      to: { node: 'dense', port: 'x' },
      via: [{ x: 220, y: 300 }],
    },
    { from: { node: 'dense', port: 'y' }, to: { node: 'future', port: 'flow' } },
  ],
  frames: [
    {
      id: 'f',
      title: 'Part',
      color: 'teal',
      position: { x: -40, y: -50 },
      size: { width: 300, height: 200 },
    },
  ],
  notes: [
    {
      id: 'n',
      text: '# Why\n- first\n- second',
      color: 'orange',
      position: { x: 0, y: 400 },
      size: { width: 200, height: 120 },
    },
  ],
});
const options = {
  graph,
  document: graph,
  analysis: analyze(graph),
  isFolded: () => false,
  color: (token: string) => token,
  icon: (name: string | undefined) => `<i name="${name}"/>`,
  measure,
  source: serializeDocument(graph),
};
const svg = graphSvg(options).toSvg('');

describe('the picture of a graph', () => {
  it('shows what is on the canvas: points of wires, notes, frames in their colours, ports of unknown kinds', () => {
    expect(svg).toMatch(/data-wire="iris.features&gt;dense.x"[^>]*\/><circle cx="220" cy="300"/);
    for (const text of ['Why', 'first', 'second', 'Part', 'flow', 'muted'])
      expect(svg).toContain(`>${text}</text>`);
    expect(svg).toContain('rx="12" fill="var(--c-data)"');
    expect(svg).toContain('rx="7" fill="var(--c-recurrent)"');
    expect(svg).toContain('data-wire="dense.y&gt;future.flow"');
    expect(svg).toContain('<i name="database"/>');
    expect(takeFromSvg(svg)).toBe(serializeDocument(graph));
  });

  it('cuts long titles, so that no card lies over the next', () => {
    const widths = [...svg.matchAll(/<g data-card=""><rect x="\d+" y="\d+" width="(\d+)"/g)].map(
      ([, width]) => Number(width),
    );
    expect(widths).toHaveLength(4);
    expect(Math.max(...widths)).toBe(192);
    expect(svg).toMatch(/>A+…<\/text>/);
  });

  it('draws folded cards as their heads', () => {
    const heights = (drawn: string) =>
      [...drawn.matchAll(/<g data-card=""><rect[^>]*height="(\d+)"/g)].map(([, height]) => Number(height));
    expect(new Set(heights(graphSvg({ ...options, isFolded: () => true }).toSvg('')))).toEqual(new Set([30]));
    expect(Math.min(...heights(svg))).toBeGreaterThan(30);
  });
});

describe('texts in a picture', () => {
  it('are cut and broken to their widths', () => {
    expect(cutText('abcdef', 36, measure)).toBe('abcdef');
    expect(cutText('abcdefg', 36, measure)).toBe('abcde…');
    expect(wrapText('one two three', 48, measure)).toEqual(['one two', 'three']);
    expect(wrapText('incomprehensible', 48, measure)).toEqual(['incompre', 'hensible']);
    expect(wrapText('每个样本的形状', 24, measure)).toEqual(['每个样本', '的形状']);
  });

  it('take the parts of fonts that have their characters', () => {
    const letters = (text: string) => new Set([...text].map((letter) => letter.codePointAt(0) ?? 0));
    expect(covers('U+0-FF, U+131', letters('a'))).toBe(true);
    expect(covers('U+4E00-4EFF', letters('a'))).toBe(false);
    expect(covers('U+24, U+4E2D', letters('中'))).toBe(true);
    expect(covers('U+4E??', letters('中'))).toBe(true);
    expect(covers('', letters('中'))).toBe(true);
  });
});
