import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataConsent } from '#main/services/data/dataConsent.ts';
import { createDataSources } from '#main/services/data/dataSources.ts';
import { createSettings } from '#main/services/settings.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { LookedSource, TableReport } from '#shared/protocol/data.ts';
import type { JsonObject } from '#shared/protocol/json.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sources = () =>
  createDataSources(
    createDataConsent({
      settings: createSettings(join(folder, 'settings.json')),
      home: folder,
      trusts: async () => true,
    }),
  );

async function look(content: string | Uint8Array, params: JsonObject = {}): Promise<LookedSource> {
  await writeFile(join(folder, 'table.csv'), content);
  const definition = findNodeDefinition('csv');
  if (definition?.role !== 'dataset') throw new Error('no csv node');
  const looked = await sources().look({ definition, params: { path: 'table.csv', ...params }, folder });
  if (!looked) throw new Error('nothing was looked at');
  return looked;
}

const problemOf = ({ facts }: LookedSource) => facts.problems?.find(({ severity }) => severity !== 'warning');
const tableOf = ({ report }: LookedSource): TableReport => {
  if (report?.kind !== 'table') throw new Error('no table');
  return report;
};
const columns = (looked: LookedSource) =>
  tableOf(looked).columns.map(({ name, type, role }) => `${name}: ${type}, ${role}`);

/** Rows of two numbers and a class. */
const rows = (count: number, delimiter = ',') =>
  Array.from({ length: count }, (_, row) =>
    [row * 1.5, 10 - row, row % 2 ? 'yes' : 'no'].join(delimiter),
  ).join('\n');

describe('a table', () => {
  it('has its columns typed by looking, the last as the target, and normalised by the training part alone', async () => {
    const looked = await look(`a,b,answer\n${rows(20)}\n`, { validation: 0.2, test: 0.2, split: 'order' });
    expect(problemOf(looked)).toBeUndefined();
    expect(columns(looked)).toEqual(['a: number, feature', 'b: number, feature', 'answer: category, target']);
    expect(looked.facts.splits).toEqual({ train: 12, validation: 4, test: 4 });
    expect(looked.facts.outputs.features?.shape).toEqual(['B', 2]);
    expect(looked.facts.outputs.label?.meaning).toEqual({ kind: 'class', labels: ['no', 'yes'] });
    const [a] = tableOf(looked).columns;
    // 0, 1.5, … 16.5: the first twelve rows.
    expect(a?.mean).toBeCloseTo(8.25, 12);
    expect(a?.deviation).toBeCloseTo(1.5 * Math.sqrt(143 / 12), 12);
  });

  it.each([
    ['semicolons and decimal commas', `a;b;answer\n1,5;2;x\n2,5;3;y\n3,5;4;x\n4,5;1;y\n`, ';'],
    ['tabs', `a\tb\tanswer\n1.5\t2\tx\n2.5\t3\ty\n3.5\t4\tx\n4.5\t1\ty`, '\t'],
    [
      'a byte order mark and Windows line ends',
      `\uFEFFa,b,answer\r\n1.5,2,x\r\n2.5,3,y\r\n3.5,4,x\r\n4.5,1,y\r\n`,
      ',',
    ],
    ['bars', `a|b|answer\n1.5|2|x\n2.5|3|y\n3.5|4|x\n4.5|1|y\n`, '|'],
    [
      'quotes with delimiters, quotes and line ends in them',
      `a,b,answer\n1.5,2,"x, or\n""y"""\n2.5,3,y\n3.5,4,"x, or\n""y"""\n4.5,1,y\n`,
      ',',
    ],
    ['single quotes', `a,b,answer\n1.5,2,'x, or'\n2.5,3,'y, or'\n3.5,4,'x, or'\n4.5,1,'y, or'\n`, ','],
    [
      'empty lines and a trailing delimiter',
      `a,b,answer\n\n1.5,2,x,\n2.5,3,y,\n\n3.5,4,x,\n4.5,1,y,\n\n`,
      ',',
    ],
  ])('is read with %s', async (_, text, delimiter) => {
    const looked = await look(text);
    expect(problemOf(looked)).toBeUndefined();
    const report = tableOf(looked);
    expect(report.delimiter).toBe(delimiter);
    expect(report.rows).toBe(4);
    expect(columns(looked)).toEqual(['a: number, feature', 'b: number, feature', 'answer: category, target']);
    expect(report.columns[2]?.distinct).toBe(2);
  });

  it('is read in the encodings of spreadsheets', async () => {
    const text = 'größe,farbe\n1,blau\n2,grün\n3,blau\n4,grün\n';
    const utf16 = await look(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const latin = await look(Buffer.from(text, 'latin1'));
    for (const looked of [utf16, latin]) {
      expect(columns(looked)).toEqual(['größe: number, feature', 'farbe: category, target']);
      expect(looked.facts.outputs.label?.meaning).toEqual({ kind: 'class', labels: ['blau', 'grün'] });
    }
    expect(tableOf(latin).encoding).toBe('windows-1252');
  });

  it('finds out whether there is a header', async () => {
    expect(tableOf(await look('1,2,x\n3,4,y\n5,6,x\n7,8,y\n')).header).toBe(false);
    expect(tableOf(await look('one,two\nx,p\ny,q\nx,q\ny,p\n')).header).toBe(true);
    expect(tableOf(await look('x,p\ny,q\nx,q\ny,p\n')).header).toBe(false);
    expect(columns(await look('1,2,x\n3,4,y\n5,6,x\n7,8,y\n'))[0]).toBe('column 1: number, feature');
  });

  it('takes names that come twice for a header above numbers', async () => {
    const { header, columns: found } = tableOf(await look('size,size,y\n1,2,p\n3,4,q\n5,6,p\n'));
    expect(header).toBe(true);
    expect(found.map(({ name }) => name)).toEqual(['size', 'size (2)', 'y']);
    expect(tableOf(await look('x,x\ny,q\nx,q\ny,p\n')).header).toBe(false);
  });

  it('gives each class its share of every split, always the same', async () => {
    const text = `a,class\n${Array.from({ length: 100 }, (_, row) => `${row * 2},${row % 5 === 0 ? 'rare' : 'common'}`).join('\n')}`;
    const first = await look(text, { validation: 0.2, test: 0.1, seed: 3 });
    const again = await look(text, { validation: 0.2, test: 0.1, seed: 3 });
    expect(first.facts.splits).toEqual({ train: 70, validation: 20, test: 10 });
    expect(again.reading).toEqual(first.reading);
    expect((await look(text, { validation: 0.2, test: 0.1, seed: 4 })).reading).not.toEqual(first.reading);
  });

  it('splits as a column says', async () => {
    const text = 'a,b,part\n1,2,train\n2,3,train\n3,5,val\n4,6,test\n5,8,Train\n';
    const looked = await look(text, { split: 'column', splitColumn: 'part', target: ['b'] });
    expect(looked.facts.splits).toEqual({ train: 3, validation: 1, test: 1 });
    const wrong = await look(text.replace('val', 'maybe'), {
      split: 'column',
      splitColumn: 'part',
      target: ['b'],
    });
    expect(problemOf(wrong)).toMatchObject({ code: 'csv-split-unknown', data: { value: 'maybe' } });
  });

  it('takes several targets: numbers together, each class for itself', async () => {
    const text = `a,price,rent,kind,size\n${Array.from({ length: 40 }, (_, row) => `${row / 7},${row * 11.5},${row * 3.25},${'xyz'[row % 3]},${'ab'[row % 2]}`).join('\n')}`;
    const { facts } = await look(text, { target: ['price', 'rent', 'kind', 'size'] });
    expect(facts.outputs.values?.shape).toEqual(['B', 2]);
    expect(facts.outputs.label?.meaning).toEqual({ kind: 'class', labels: ['x', 'y', 'z'] });
    expect(facts.outputs.label2?.meaning).toEqual({ kind: 'class', labels: ['a', 'b'] });
    expect(facts.outputs.features?.shape).toEqual(['B', 1]);
  });

  it('makes categories rows of ones and zeros and leaves text and row numbers out, saying so', async () => {
    const text = `id,colour,note,y\n${Array.from({ length: 30 }, (_, row) => `${row + 1},${['red', 'green', 'blue'][row % 3]},note ${row} of many,${row % 2}`).join('\n')}`;
    const looked = await look(text);
    expect(columns(looked)).toEqual([
      'id: number, ignored',
      'colour: category, feature',
      'note: text, ignored',
      'y: category, target',
    ]);
    expect(looked.facts.outputs.features).toMatchObject({
      shape: ['B', 3],
      meaning: { names: ['colour = blue', 'colour = green', 'colour = red'] },
    });
    expect(looked.facts.problems).toMatchObject([
      { code: 'csv-columns-left-out', severity: 'warning', data: { count: 2, columns: 'id, note' } },
    ]);
  });

  it('refuses, fills or leaves out what is missing', async () => {
    const text = 'a,b,y\n1,2,x\n,3,y\n5,NA,x\n7,1,y\n9,inf,x\n3,2,?\n';
    expect(problemOf(await look(text))).toEqual({
      code: 'csv-missing-values',
      param: 'missing',
      data: { column: 'a', count: 1, line: 3, cell: 'empty' },
    });
    // Neither infinite nor beyond single precision is a number that a network can take.
    for (const cell of ['inf', '1e300', '-9e38']) {
      expect(problemOf(await look(`a,b,y\n1,2,x\n${cell},3,y\n5,2,x\n`))).toMatchObject({
        data: { column: 'a', count: 1, line: 3, cell },
      });
    }
    const shares = { validation: 0, test: 0 };
    const filled = await look(text, { missing: 'mean', ...shares });
    expect(problemOf(filled)).toBeUndefined();
    expect(filled.facts.splits.train).toBe(5);
    expect(tableOf(filled).columns[0]?.mean).toBeCloseTo((1 + 5 + 7 + 9) / 4, 12);
    const dropped = await look(text, { missing: 'drop', ...shares });
    expect(dropped.facts.splits.train).toBe(2);
    expect(dropped.facts.problems).toMatchObject([{ code: 'csv-rows-left-out', data: { count: 4 } }]);
  });

  it('believes what a person says of a type', async () => {
    const text = `zip,y\n${Array.from({ length: 40 }, (_, row) => `${['10115', '20095', '80331'][row % 3]},${row % 7}`).join('\n')}`;
    expect(columns(await look(text))).toEqual(['zip: number, feature', 'y: category, target']);
    const said = await look(text, { categories: ['zip'], numbers: ['y'] });
    expect(columns(said)).toEqual(['zip: category, feature', 'y: number, target']);
    const words = await look('a,y\n1,2.5\n2,3.5\nthree,4\n4,1.5\n', { numbers: ['a'] });
    expect(problemOf(words)).toMatchObject({
      code: 'csv-missing-values',
      data: { column: 'a', count: 1, line: 4, cell: 'three' },
    });
  });
});

describe('a table that cannot be used', () => {
  it.each([
    ['nothing in it', '', 'csv-empty', {}],
    ['only empty lines', '\n\n\n', 'csv-empty', {}],
    ['only a header', 'a,b,c\n', 'csv-empty', {}],
    ['bytes that are no text', '\u0089PNG\u0000\u0001\u0002', 'csv-not-text', {}],
    ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', 'csv-malformed', { reason: 'quote', line: 3 }],
    ['a single row', 'a,b\n1,2\n', 'csv-one-row', {}],
    [
      'a row that is too short',
      'a,b,c\n1,2,x\n3,y\n4,5,x\n',
      'csv-ragged',
      { line: 3, found: 2, expected: 3 },
    ],
    [
      'a row that is too long',
      'a,b,c\n1,2,x\n3,4,y,5\n4,5,x\n',
      'csv-ragged',
      { line: 3, found: 4, expected: 3 },
    ],
    ['a million columns', `${'1,'.repeat(1_000_000)}2\n`, 'csv-too-wide', { columns: 1_000_001 }],
    ['one column', 'a\n1\n2\n3\n', 'csv-no-features', { columns: 1 }],
    [
      'only text',
      'a\nthe one\nthe other\nand more\nand yet more\nthe end\nof it\nall in\nall we\nhave so\nmany words\nhere\n',
      'csv-no-target',
      {},
    ],
  ])('%s', async (_, text, code, data) => {
    const looked = await look(text);
    expect(problemOf(looked)).toMatchObject({ code, data });
    expect(looked.facts.outputs).toEqual({});
  });

  it('names the columns that there are where another is asked for', async () => {
    expect(problemOf(await look(`a,b,c\n${rows(9)}`, { target: ['d'] }))).toEqual({
      code: 'csv-column-unknown',
      param: 'target',
      data: { column: 'd', columns: 'a, b, c' },
    });
  });

  it('asks for the column that says the split where none is named', async () => {
    expect(problemOf(await look(`a,b,c\n${rows(9)}`, { split: 'column' }))).toEqual({
      code: 'csv-no-split-column',
      param: 'splitColumn',
      data: { columns: 'a, b, c' },
    });
  });

  it('warns of a target that is always the same', async () => {
    const looked = await look('a,b,y\n1,2,x\n2,4,x\n3,5,x\n', { target: ['y'] });
    expect(looked.facts.problems).toMatchObject([
      { code: 'csv-one-class', severity: 'warning', data: { value: 'x' } },
    ]);
  });
});
