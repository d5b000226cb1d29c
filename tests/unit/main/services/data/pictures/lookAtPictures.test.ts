import { mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataConsent } from '#main/services/data/dataConsent.ts';
import { createDataSources } from '#main/services/data/dataSources.ts';
import { hashOfSource } from '#main/services/data/hashOfSource.ts';
import { writeDamaged } from '#main/services/data/pictures/damagedPictures.ts';
import { listPictures } from '#main/services/data/pictures/listPictures.ts';
import { arrangePictures, pictureReadingSchema } from '#main/services/data/pictures/pictureReading.ts';
import { createSettings } from '#main/services/settings.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { ImagesReport, LookedSource } from '#shared/protocol/data.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import { writePicture, writeShapes } from './pictureFolder.ts';

let home = '';
let pictures = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'neuroloom-pictures-'));
  pictures = join(home, 'pictures');
});
afterEach(() => rm(home, { recursive: true }));

const sources = (trusted = true) =>
  createDataSources(
    createDataConsent({
      settings: createSettings(join(home, 'settings.json')),
      home,
      trusts: async () => trusted,
    }),
    join(home, 'cache'),
  );

async function look(params: JsonObject = {}, from = sources()): Promise<LookedSource> {
  const definition = findNodeDefinition('image-folder');
  if (definition?.role !== 'dataset') throw new Error('no such node');
  const looked = await from.look({ definition, params: { path: 'pictures', ...params }, folder: home });
  if (!looked) throw new Error('nothing was looked at');
  return looked;
}

const reportOf = ({ report }: LookedSource): ImagesReport => {
  if (report?.kind !== 'images') throw new Error('no pictures');
  return report;
};
const codesOf = ({ facts }: LookedSource) => (facts.problems ?? []).map(({ code }) => code);

describe('a folder of pictures', () => {
  it('has its classes, sizes and splits found by looking', async () => {
    await writeShapes(pictures, 20);
    await writePicture(join(pictures, 'disc', 'large.png'), 30, 40);
    const looked = await look({ width: 16, height: 12, validation: 0.1, test: 0.2 });
    expect(codesOf(looked)).toEqual([]);
    expect(looked.facts.outputs).toEqual({
      image: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', 12, 16, 3],
        meaning: { kind: 'image', range: [0, 1] },
      },
      label: {
        type: 'tensor',
        dtype: 'int32',
        shape: ['B'],
        meaning: { kind: 'class', labels: ['disc', 'square'] },
      },
    });
    expect(looked.facts.splits).toEqual({ train: 29, validation: 4, test: 8 });
    expect(reportOf(looked)).toMatchObject({
      count: 41,
      classes: [
        { name: 'disc', count: 21 },
        { name: 'square', count: 20 },
      ],
      sizes: [
        { width: 24, height: 24, count: 40 },
        { width: 30, height: 40, count: 1 },
      ],
      brokenCount: 0,
    });
  });

  it('has every split with its share of each class, the same for the same seed', async () => {
    await writeShapes(pictures, 20);
    const order = async (seed: number) => {
      const { reading } = await look({ seed });
      const listing = await listPictures(pictures);
      return arrangePictures(listing.pictures, pictureReadingSchema.parse(reading));
    };
    const arranged = await order(5);
    const { train, validation } = arranged.counts;
    const inTest = arranged.samples.slice(train + validation).map(({ label }) => label);
    expect(inTest.filter((label) => label === 0)).toHaveLength(inTest.length / 2);
    expect(new Set(arranged.samples.map(({ place }) => place)).size).toBe(40);
    expect(await order(5)).toEqual(arranged);
    expect((await order(6)).samples).not.toEqual(arranged.samples);
  });

  it('is split by folders that are called so', async () => {
    for (const [split, count] of [
      ['train', 8],
      ['val', 3],
      ['test', 2],
    ] as const) {
      for (let index = 0; index < count; index += 1) {
        await writePicture(join(pictures, split, index % 2 ? 'a' : 'b', `${index}.png`));
      }
    }
    const looked = await look({ validation: 0.5 });
    expect(looked.facts.splits).toEqual({ train: 8, validation: 3, test: 2 });
    expect(reportOf(looked)).toMatchObject({ splitFolders: true, classes: [{ name: 'a' }, { name: 'b' }] });
  });

  it('without folders in it has pictures and no classes', async () => {
    for (let index = 0; index < 6; index += 1) await writePicture(join(pictures, `${index}.png`));
    const looked = await look({ colors: 'gray', normalize: 'signed', validation: 0, test: 0 });
    expect(Object.keys(looked.facts.outputs)).toEqual(['image']);
    expect(looked.facts.outputs.image).toMatchObject({
      shape: ['B', 64, 64, 1],
      meaning: { range: [-1, 1] },
    });
  });

  it('says which files are left out, and why', async () => {
    await writeShapes(pictures, 3);
    await writeFile(join(pictures, 'disc', 'empty.jpg'), '');
    await writeFile(join(pictures, 'disc', 'page.png'), '<html>');
    await writePicture(join(pictures, 'square', 'half.png'));
    await truncate(join(pictures, 'square', 'half.png'), 60);
    await writeFile(join(pictures, 'readme.txt'), 'hello');
    await writePicture(join(pictures, 'alone.png'));
    await writePicture(join(pictures, '.thumbnails', 'hidden.png'));
    const looked = await look();
    expect(reportOf(looked)).toMatchObject({
      count: 6,
      broken: [
        { path: 'disc/empty.jpg', reason: 'empty' },
        { path: 'disc/page.png', reason: 'no-picture' },
        { path: 'square/half.png', reason: 'cut-off' },
      ],
      others: 1,
      outside: 1,
    });
    expect(codesOf(looked).sort()).toEqual(['images-broken', 'images-other-kinds', 'images-outside']);
  });

  it('leaves out what turned out damaged when it was decoded', async () => {
    await writeShapes(pictures, 3);
    await writeDamaged(join(home, 'cache'), await hashOfSource(pictures), ['disc/1.jpg']);
    expect(reportOf(await look()).broken).toEqual([{ path: 'disc/1.jpg', reason: 'damaged' }]);
  });

  it('does not follow links, neither to files nor to folders', async () => {
    await writeShapes(pictures, 3);
    await writePicture(join(home, 'elsewhere', 'secret', 'a.png'));
    await symlink(join(home, 'elsewhere', 'secret'), join(pictures, 'secret'));
    await symlink(join(home, 'elsewhere', 'secret', 'a.png'), join(pictures, 'disc', 'linked.png'));
    await symlink(pictures, join(pictures, 'square', 'circle'));
    const looked = await look();
    expect(reportOf(looked)).toMatchObject({
      count: 6,
      links: 3,
      classes: [{ name: 'disc' }, { name: 'square' }],
    });
    expect(codesOf(looked)).toEqual(['images-links']);
  });

  it('is not read on the word of a graph', async () => {
    await writeShapes(pictures, 2);
    const looked = await look({}, sources(false));
    expect(codesOf(looked)).toEqual(['data-not-allowed']);
    expect(looked.report).toBeNull();
  });

  it('warns of classes of very different size, and of a single one', async () => {
    await writePicture(join(pictures, 'rare', 'a.png'));
    for (let index = 0; index < 12; index += 1) await writePicture(join(pictures, 'often', `${index}.png`));
    const uneven = await look();
    expect(uneven.facts.problems).toMatchObject([
      { code: 'images-uneven', severity: 'warning', data: { most: 'often', leastCount: 1 } },
    ]);
    await rm(join(pictures, 'rare'), { recursive: true });
    expect(codesOf(await look())).toEqual(['images-one-class']);
  });

  it('says where the classes may be one folder further in', async () => {
    for (const outer of ['may', 'june'])
      for (const inner of ['cat', 'dog'])
        for (const name of ['1', '2']) await writePicture(join(pictures, outer, inner, `${name}.png`));
    expect((await look()).facts.problems).toMatchObject([
      { code: 'images-nested', severity: 'warning', data: { inner: 'cat, dog' } },
    ]);
    await rm(join(pictures, 'may'), { recursive: true });
    expect((await look()).facts.problems).toMatchObject([{ code: 'images-one-class', data: { inner: 2 } }]);
    // Pictures beside the inner folders: those are no classes.
    await writePicture(join(pictures, 'june', 'a.png'));
    expect((await look()).facts.problems).toMatchObject([{ code: 'images-one-class', data: { inner: 0 } }]);
  });

  it('says what is wrong where nothing can be used', async () => {
    await writeFile(join(home, 'pictures'), 'a file');
    expect(codesOf(await look())).toEqual(['data-wrong-kind']);
    await rm(pictures);
    expect(codesOf(await look())).toEqual(['data-file-missing']);
    await writePicture(join(pictures, 'a', '1.png'));
    await writeFile(join(pictures, 'a', '1.png'), 'no');
    expect(codesOf(await look())).toEqual(['images-none-readable']);
    await rm(join(pictures, 'a', '1.png'));
    expect(codesOf(await look())).toEqual(['images-none']);
  });

  it('is measured in its training part where mean 0 and deviation 1 are asked for', async () => {
    for (let index = 0; index < 6; index += 1) await writePicture(join(pictures, `${index}.png`));
    const reading = pictureReadingSchema.parse((await look({ normalize: 'standard' })).reading);
    for (const shift of reading.shift) expect(shift).toBeCloseTo(120 / 255, 6);
    expect(reading.shift).toHaveLength(3);
  });

  it('has another hash when a file has changed, and can be stopped', async () => {
    await writeShapes(pictures, 12);
    const before = await hashOfSource(pictures);
    expect(await hashOfSource(pictures)).toBe(before);
    await utimes(join(pictures, 'disc', '1.jpg'), new Date(), new Date(0));
    expect(await hashOfSource(pictures)).not.toBe(before);
    const definition = findNodeDefinition('image-folder');
    if (definition?.role !== 'dataset') throw new Error('no such node');
    const request = { definition, params: { path: 'pictures' }, folder: home };
    const seen: number[] = [];
    const stop = new AbortController();
    const looking = sources().look(request, {
      signal: stop.signal,
      onProgress: (done, total) => {
        seen.push(done / total);
        stop.abort();
      },
    });
    await expect(looking).rejects.toThrow();
    expect(seen.length).toBeGreaterThan(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  });
});
