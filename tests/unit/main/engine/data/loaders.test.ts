import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SourceValues } from '#main/engine/data/dataSource.ts';
import { findLoader } from '#main/engine/data/registry.ts';
import { findNodeDefinition, nodeDefinitions } from '#shared/nodes/registry.ts';
import {
  bookCharacters,
  isoDateCharacters,
  nameCharacters,
  spelledDateCharacters,
} from '#shared/nodes/vocabularies.ts';

async function open(kind: string, given: Readonly<Record<string, unknown>> = {}) {
  const definition = findNodeDefinition(kind);
  if (definition?.role !== 'dataset') throw new Error(`${kind} is no dataset`);
  return await findLoader(definition.loader).open(definition.params.parse(given), undefined);
}

async function first(
  kind: string,
  size: number,
  split: 'train' | 'validation' | 'test' = 'train',
  given = {},
) {
  const source = await open(kind, given);
  return await source.gather({ split, indices: null, start: 0, size });
}

const numbers = (values: SourceValues, port: string): number[] => [...(values[port]?.data ?? [])];
const text = (codes: readonly number[], vocabulary: readonly string[]) =>
  codes.map((code) => vocabulary[code]).join('');

const generated = ['shape-scenes', 'graph-motifs', 'moby-dick-words', 'mnist-pairs'];
const few = (kind: string) => (generated.includes(kind) ? { samples: 50 } : {});
const hashBytes = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const kinds = nodeDefinitions.flatMap((node) =>
  node.role === 'dataset' && node.knownFacts && node.kind !== 'mnist' ? [node.kind] : [],
);

describe.each(kinds)('data of %s', (kind) => {
  it('has the shapes and sizes that its node states, in every split', async () => {
    const source = await open(kind, few(kind));
    for (const split of ['train', 'validation', 'test'] as const) {
      const count = source.facts.splits[split];
      const values = await source.gather({ split, indices: null, start: count - 1, size: 1 });
      // A graph asks for as many pairs as it likes.
      const batch = kind === 'cora-links' ? values.label?.shape[0] : 1;
      for (const [port, type] of Object.entries(source.facts.outputs)) {
        expect(values[port]?.shape, `${split} ${port}`).toEqual(
          // Nodes and edges of graphs are as many as they are.
          type.shape.map((dim, axis) =>
            dim === 'B' ? batch : typeof dim === 'string' ? values[port]?.shape[axis] : dim,
          ),
        );
        expect(values[port]?.dtype).toBe(type.dtype);
        const { meaning } = type;
        const most =
          meaning?.kind === 'class'
            ? meaning.labels.length
            : meaning?.kind === 'tokens'
              ? meaning.vocabulary.length
              : Number.POSITIVE_INFINITY;
        expect(Math.max(...numbers(values, port).slice(0, 10_000))).toBeLessThan(most);
      }
    }
  });

  it('is the same whenever it is opened', async () => {
    const size = kind.startsWith('cora') ? 1 : 20;
    const bytes = async () =>
      Object.values(await first(kind, size, 'train', few(kind))).map(({ data }) =>
        hashBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
      );
    expect(await bytes()).toEqual(await bytes());
  });
});

describe('what the samples are', () => {
  it('flowers: standardised by the training part, as many of each species', async () => {
    const values = await first('iris', 90);
    const labels = numbers(values, 'label');
    for (const species of [0, 1, 2]) expect(labels.filter((label) => label === species)).toHaveLength(30);
    const petals = numbers(values, 'features').filter((_, at) => at % 4 === 2);
    expect(petals.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 3);
    expect(petals.reduce((sum, value) => sum + value * value, 0) / 90).toBeCloseTo(1, 4);
  });

  it('the novel: the next characters are the text one on, and the test ends with the book', async () => {
    const values = await first('moby-dick', 2, 'train', { context: 32, stride: 8 });
    const rows = numbers(values, 'text');
    expect(text(rows.slice(0, 32), bookCharacters)).toBe('CHAPTER 1. Loomings.\n\nCall me Is');
    expect(text(numbers(values, 'next').slice(0, 32), bookCharacters)).toBe(
      'HAPTER 1. Loomings.\n\nCall me Ish',
    );
    expect(text(rows.slice(32), bookCharacters)).toBe('1. Loomings.\n\nCall me Ishmael. S');
    const source = await open('moby-dick', { context: 64, stride: 64 });
    const last = await source.gather({
      split: 'test',
      indices: null,
      start: source.facts.splits.test - 1,
      size: 1,
    });
    expect(text(numbers(last, 'text'), bookCharacters)).toContain('rolled five thousand');
  });

  it('names: letters under the mask, padding behind it', async () => {
    const values = await first('first-names', 50);
    const letters = numbers(values, 'name');
    const mask = numbers(values, 'mask');
    for (const [at, letter] of letters.entries()) expect(letter > 0).toBe(mask[at] === 1);
    expect(text(letters.slice(0, 14), nameCharacters)).toMatch(/^[a-z]{2,14}·*$/);
  });

  it('dates: the target is the date that is spelled, and no date is in two splits', async () => {
    const seen: Set<string>[] = [];
    for (const split of ['train', 'validation', 'test'] as const) {
      const values = await first('date-spellings', 400, split);
      const dates = new Set<string>();
      for (let row = 0; row < 400; row += 1) {
        const spelled = text(numbers(values, 'source').slice(28 * row, 28 * row + 28), spelledDateCharacters);
        const target = text(numbers(values, 'target').slice(10 * row, 10 * row + 10), isoDateCharacters);
        const given = text(numbers(values, 'given').slice(10 * row, 10 * row + 10), isoDateCharacters);
        expect(target).toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(spelled).toContain(target.slice(0, 4));
        expect(spelled).toContain(String(Number(target.slice(8))));
        expect(given).toBe(`▸${target.slice(0, 9)}`);
        dates.add(target);
      }
      seen.push(dates);
    }
    const [train, validation, test] = seen;
    for (const date of train ?? []) expect(validation?.has(date) || test?.has(date)).toBe(false);
  });

  it('the citation graph: rows that sum to one, both directions, the public split', async () => {
    const source = await open('cora');
    for (const [split, members] of [
      ['train', 140],
      ['validation', 500],
      ['test', 1000],
    ] as const) {
      const values = await source.gather({ split, indices: null, start: 0, size: 1 });
      expect(numbers(values, 'mask').reduce((sum, value) => sum + value, 0)).toBe(members);
    }
    const values = await first('cora', 1);
    expect(
      numbers(values, 'features')
        .slice(0, 1433)
        .reduce((sum, value) => sum + value, 0),
    ).toBeCloseTo(1, 5);
    const edges = numbers(values, 'edges');
    expect(edges.slice(0, 2)).toEqual(edges.slice(2, 4).reverse());
  });

  it('graphs: the two motifs agree in nodes, edges and degrees, and lie side by side', async () => {
    const values = await first('graph-motifs', 100);
    const labels = numbers(values, 'label');
    const edges = numbers(values, 'edges');
    const graphs = numbers(values, 'graphs');
    expect(graphs).toHaveLength(2500);
    const degrees = new Array<number>(2500).fill(0);
    for (let edge = 0; edge < edges.length; edge += 2) {
      const [from = 0, to = 0] = edges.slice(edge, edge + 2);
      expect(graphs[from]).toBe(graphs[to]);
      degrees[from] = (degrees[from] ?? 0) + 1;
    }
    // A motif is the last five nodes; one of them has the edge to the rest of the graph besides.
    for (const [graph] of labels.entries()) {
      const motif = degrees.slice(25 * graph + 20, 25 * graph + 25).toSorted();
      expect(motif.reduce((sum, degree) => sum + degree, 0)).toBe(13);
      expect(['2,2,2,3,4', '2,2,3,3,3']).toContain(motif.join());
    }
    const triangles = (graph: number): number => {
      const wired = new Set<number>();
      for (let edge = 0; edge < edges.length; edge += 2) {
        const [from = 0, to = 0] = edges.slice(edge, edge + 2);
        if (graphs[from] === graph) wired.add((from - 25 * graph) * 25 + (to - 25 * graph));
      }
      let count = 0;
      for (let a = 0; a < 25; a += 1) {
        for (let b = 0; b < a; b += 1) {
          for (let c = 0; c < b; c += 1) {
            if (wired.has(a * 25 + b) && wired.has(b * 25 + c) && wired.has(c * 25 + a)) count += 1;
          }
        }
      }
      return count;
    };
    for (const [graph, label] of labels.slice(0, 20).entries()) {
      expect(triangles(graph)).toBe(label === 0 ? 1 : 0);
    }
  });

  it('digits two by two: as many of one class as not, and the classes are those of the pictures', async () => {
    const pairs = await first('mnist-pairs', 400, 'test', { samples: 50 });
    const same = numbers(pairs, 'same');
    const share = same.reduce((sum, value) => sum + value, 0) / same.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    const digits = await first('mnist', 10_000, 'test');
    const labels = new Map<string, number>();
    const hashOf = (values: SourceValues[string] | undefined, row: number) =>
      hashBytes(Uint8Array.from(values?.data.subarray(784 * row, 784 * row + 784) ?? [], (v) => v * 255));
    for (let row = 0; row < 10_000; row += 1) {
      labels.set(hashOf(digits.image, row), digits.label?.data[row] ?? -1);
    }
    for (let pair = 0; pair < 100; pair += 1) {
      const classes = [pairs.first, pairs.second].map((image) => labels.get(hashOf(image, pair)));
      expect(classes[0] === classes[1] ? 1 : 0).toBe(same[pair]);
    }
  });

  it('sunspots: quarters of the file, and the future begins where the past ends', async () => {
    const values = await first('sunspots', 2, 'train', { context: 4, horizon: 2 });
    const past = numbers(values, 'past');
    expect(past[0]).toBeCloseTo((58 + 62.6 + 70) / 300, 5);
    expect(numbers(values, 'future')[0]).toBe(past[7]);
    const { facts } = await open('sunspots');
    expect(facts.splits).toEqual({ train: 685, validation: 89, test: 197 });
  });

  it('spoken words: as many of each, the loudest sound is 1', async () => {
    const values = await first('spoken-words', 640, 'test');
    const words = numbers(values, 'word');
    for (let word = 0; word < 10; word += 1) expect(words.filter((one) => one === word)).toHaveLength(64);
    const spectra = numbers(values, 'spectrogram');
    for (let row = 0; row < 640; row += 1) {
      expect(Math.max(...spectra.slice(960 * row, 960 * row + 960))).toBe(1);
    }
  });

  it('words of the novel: the first of the others stood near, its strangers are drawn anew', async () => {
    const values = await first('moby-dick-words', 200, 'train', { samples: 200 });
    const near = numbers(values, 'near');
    for (let row = 0; row < 200; row += 1) {
      expect(near.slice(6 * row, 6 * row + 6)).toEqual([1, 0, 0, 0, 0, 0]);
    }
    const alike = numbers(values, 'alike');
    expect(alike.length).toBe(numbers(values, 'first').length);
    expect(alike.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(100);
  });

  it('hidden citations are asked for and never shown', async () => {
    const source = await open('cora-links');
    const known = new Set<number>();
    const shown = numbers(await source.gather({ split: 'test', indices: null, start: 0, size: 1 }), 'edges');
    for (let edge = 0; edge < shown.length; edge += 2) {
      known.add((shown[edge] ?? 0) * 2708 + (shown[edge + 1] ?? 0));
    }
    for (const split of ['validation', 'test'] as const) {
      const values = await source.gather({ split, indices: null, start: 0, size: 1 });
      const pairs = numbers(values, 'pairs');
      for (const pair of numbers(values, 'label').keys()) {
        expect(known.has((pairs[2 * pair] ?? 0) * 2708 + (pairs[2 * pair + 1] ?? 0))).toBe(false);
      }
    }
  });

  it('scenes: a cell’s class is that of the pixels around its box’s centre', async () => {
    const values = await first('shape-scenes', 30, 'train', few('shape-scenes'));
    const cells = numbers(values, 'cells');
    const boxes = numbers(values, 'boxes');
    const pixels = numbers(values, 'pixels');
    expect(cells.some((kind) => kind > 0)).toBe(true);
    for (const [at, kind] of cells.entries()) {
      if (kind === 0) continue;
      const scene = Math.floor(at / 36);
      const x = 8 * ((at % 6) + 0.5 + (boxes[4 * at] ?? 0));
      const y = 8 * ((Math.floor(at / 6) % 6) + 0.5 + (boxes[4 * at + 1] ?? 0));
      expect(pixels[scene * 48 * 48 + Math.floor(y) * 48 + Math.floor(x)]).toBe(kind);
    }
  });
});
