import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataSource } from '#main/engine/data/dataSource.ts';
import { Interrupted } from '#main/engine/data/dataSource.ts';
import { imageFolderLoader } from '#main/engine/data/imageFolder.ts';
import { combineSources } from '#main/engine/data/planData.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { createDataConsent } from '#main/services/data/dataConsent.ts';
import { createDataSources } from '#main/services/data/dataSources.ts';
import { readDamaged } from '#main/services/data/pictures/damagedPictures.ts';
import { createSettings } from '#main/services/settings.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { factsOf, type LookedSource } from '#shared/protocol/data.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import { writeShapes } from '../unit/main/services/data/pictures/pictureFolder.ts';
import { shapesNetwork } from './shapesNetwork.ts';
import { nativeRuntime, ratesOf } from './traceSupport.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../dist/cli/neuroloom.cjs', import.meta.url));

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'neuroloom-folder-'));
  vi.stubEnv('NEUROLOOM_CACHE_DIR', join(home, 'cache'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const sources = () =>
  createDataSources(
    createDataConsent({
      settings: createSettings(join(home, 'settings.json')),
      home,
      trusts: async () => true,
    }),
    join(home, 'cache'),
  );

/** What is found in the folder `shapes`, and the plan of a network on it. */
async function look(params: JsonObject = {}) {
  const document = shapesNetwork({ path: 'shapes', ...params });
  const looked = await sources().lookAll(document, home);
  const plan = createPlan(document, factsOf(looked));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return {
    plan: plan.value,
    looked: looked.pictures as LookedSource,
    params: plan.value.datasets[0]?.params ?? {},
  };
}

async function valuesOf(source: DataSource) {
  const { train, validation, test } = source.facts.splits;
  const parts = [];
  for (const [split, size] of [
    ['train', train],
    ['validation', validation],
    ['test', test],
  ] as const) {
    const values = await source.gather({ split, indices: null, start: 0, size });
    parts.push(...[...(values.label?.data ?? [])], ...[...(values.image?.data ?? [])]);
  }
  return parts;
}

describe('a folder of pictures', () => {
  it('is prepared once; from memory, from its file and one by one it has the same numbers', async () => {
    await writeShapes(join(home, 'shapes'), 9);
    const { looked, params } = await look({ normalize: 'standard' });
    const seen: number[] = [];
    const first = await imageFolderLoader.open(params, undefined, {
      looked,
      onProgress: (done) => seen.push(done),
    });
    expect(seen).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    const expected = await valuesOf(first);
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    expect(Math.abs(mean)).toBeLessThan(0.2);
    // A run that begins now finds everything ready.
    const again = await imageFolderLoader.open(params, undefined, {
      looked,
      onProgress: () => expect.unreachable('it was prepared already'),
    });
    expect(await valuesOf(again)).toEqual(expected);
    const inBlocks = await imageFolderLoader.open(params, undefined, { looked, memoryBytes: 10_000 });
    expect(inBlocks.table).toBeUndefined();
    expect(await valuesOf(inBlocks)).toEqual(expected);
    const few = await imageFolderLoader.open(params, undefined, { looked, fewSamples: true });
    expect(await valuesOf(few)).toEqual(expected);
  });

  it('normalised in the program that is fed bytes, has the numbers of the values', async () => {
    await writeShapes(join(home, 'shapes'), 12);
    const { plan, looked, params } = await look({ normalize: 'standard' });
    const runtime = await nativeRuntime();
    const dataset = plan.datasets[0];
    if (!dataset) throw new Error('no dataset');
    const source = await imageFolderLoader.open(params, undefined, { looked });
    const data = combineSources([{ dataset, source }]);
    const losses = [];
    for (const form of ['values', 'compact'] as const) {
      const session = await runtime.createSession(plan, {
        seed: 1,
        initialWeights: initializeWeights(plan, 1),
        ...(form === 'compact' && data.resident && { resident: data.resident }),
      });
      const batch = await data.gather({ split: 'train', indices: null, start: 0, size: 8, form });
      losses.push([
        await session.trainStep(batch, ratesOf(plan)),
        await session.trainStep(batch, ratesOf(plan)),
      ]);
      session.dispose();
    }
    expect(losses[0]).toEqual(losses[1]);
  });

  it('names what is damaged, and does without it from then on', async () => {
    await writeShapes(join(home, 'shapes'), 9);
    const path = join(home, 'shapes', 'square', '0.png');
    const bytes = await readFile(path);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 0xff;
    await writeFile(path, bytes);
    const { looked, params } = await look();
    expect(looked.facts.splits.train).toBe(14);
    await expect(imageFolderLoader.open(params, undefined, { looked })).rejects.toMatchObject({
      failure: { code: 'pictures-damaged', data: { count: 1, path: 'square/0.png' } },
    });
    expect(await readDamaged(join(home, 'cache'), looked.file?.hash ?? '')).toEqual(['square/0.png']);
    const next = await look();
    expect(next.looked.report).toMatchObject({
      count: 17,
      broken: [{ path: 'square/0.png', reason: 'damaged' }],
    });
    const source = await imageFolderLoader.open(next.params, undefined, {
      looked: next.looked,
      onProgress: () => expect.unreachable('the others are prepared already'),
    });
    expect(await valuesOf(source)).toHaveLength(17 * (24 * 24 * 3 + 1));
  });

  it('leaves nothing behind when preparing is stopped, and says when it has changed', async () => {
    await writeShapes(join(home, 'shapes'), 6);
    const { looked, params } = await look();
    let asked = 0;
    const stopping = () => ++asked > 3;
    await expect(imageFolderLoader.open(params, undefined, { looked, stopping })).rejects.toThrow(
      Interrupted,
    );
    expect(await readdir(join(home, 'cache', 'pictures'))).toEqual([]);
    await rm(join(home, 'shapes', 'disc', '1.jpg'));
    await expect(imageFolderLoader.open(params, undefined, { looked })).rejects.toMatchObject({
      failure: { code: 'own-data-changed' },
    });
  });

  it('trains a network from the command line, which then names new pictures', async () => {
    await writeShapes(join(home, 'shapes'), 80);
    await writeShapes(join(home, 'new'), 10, 2);
    const graph = join(home, 'shapes.neuroloom.json');
    await writeFile(graph, serializeDocument(shapesNetwork({ path: 'shapes' })));
    const call = async (...args: string[]) => {
      const { stdout } = await run(process.execPath, [cli, ...args, '--data-dir', home, '--json']);
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    const events = await call('train', graph, '--out', join(home, 'run'));
    const done = events.find(({ event }) => event === 'done');
    expect(done.latest.validation.accuracy).toBeGreaterThan(0.85);
    const files = (await readdir(join(home, 'new', 'square'))).map((name) =>
      join(home, 'new', 'square', name),
    );
    const answers = await call('predict', join(home, 'run'), '--input', ...files);
    const named = answers.flatMap(({ predictions }) => predictions ?? []).map(({ label }) => label);
    expect(named.filter((label) => label === 'square').length).toBeGreaterThanOrEqual(8);
  });
});
