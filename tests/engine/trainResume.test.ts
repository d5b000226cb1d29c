import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { listCheckpoints } from '#main/engine/train/checkpoints.ts';
import { readMetricPoints, runFolder } from '#main/services/runFolder.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { imageBatch, nativeRuntime, startSession } from './traceSupport.ts';
import {
  bits,
  launch,
  newestCheckpoint,
  newRun,
  STEPS_PER_EPOCH,
  smallNetwork,
  type TestRun,
  train,
} from './trainSupport.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await nativeRuntime();
});

function planOfDocument(document: GraphDocument) {
  const plan = createPlan(document);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

type Files = Record<'state' | 'weights' | 'slots', Buffer>;
interface SavedState {
  step: number;
  cursor: { random: number[]; position: number };
}

/** Changes files of the newest checkpoint and puts their hashes right. */
async function tamper(run: TestRun, change: (files: Files) => Partial<Files>) {
  const [place] = await listCheckpoints(runFolder.checkpoints(run.runDir));
  if (!place) throw new Error('no checkpoint');
  const names = { state: 'state.json', weights: 'weights.safetensors', slots: 'slots.safetensors' } as const;
  const read = (name: string) => readFile(join(place.path, name));
  const files = {
    state: await read(names.state),
    weights: await read(names.weights),
    slots: await read(names.slots),
  };
  const manifest = JSON.parse((await read('manifest.json')).toString());
  for (const [key, bytes] of Object.entries(change(files))) {
    const name = names[key as keyof Files];
    await writeFile(join(place.path, name), bytes);
    manifest.files[name] = {
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  }
  await writeFile(join(place.path, 'manifest.json'), JSON.stringify(manifest));
}

const withState =
  (change: (state: SavedState) => void) =>
  ({ state }: Files): Partial<Files> => {
    const parsed = JSON.parse(state.toString()) as SavedState;
    change(parsed);
    return { state: Buffer.from(JSON.stringify(parsed)) };
  };

/** The file with other tensors. */
function edited(file: Buffer, change: (tensors: Map<string, TensorValue>) => void): Buffer {
  const { tensors, metadata } = decodeSafetensors(file);
  const copy = new Map([...tensors].map(([key, { shape, data }]) => [key, { shape, data: data.slice() }]));
  change(copy);
  return Buffer.concat(encodeSafetensors(copy, metadata));
}

describe('resume', () => {
  const steps = 2 * STEPS_PER_EPOCH + 5;

  it.each([
    ['in the middle of an epoch', 7],
    ['at the end of an epoch', STEPS_PER_EPOCH],
    ['in a later epoch', STEPS_PER_EPOCH + 3],
  ])(
    'gives bit for bit the weights, slots and order of a run that was not interrupted: %s',
    async (_, first) => {
      const whole = await newRun(smallNetwork());
      await train(runtime, whole, { maxSteps: steps });

      const parts = await newRun(smallNetwork());
      await train(runtime, parts, { maxSteps: first });
      expect((await newestCheckpoint(parts)).session.step).toBe(first);
      await train(runtime, parts, { maxSteps: steps, resume: true });

      expect(bits(await newestCheckpoint(parts))).toEqual(bits(await newestCheckpoint(whole)));
    },
  );

  it('does so between two updates, with averages, a schedule and clipping', async () => {
    const params = {
      schedule: 'one-cycle',
      warmup: 3,
      accumulate: 3,
      average: true,
      averageDecay: 0.9,
      clipping: 'global-norm',
    };
    const document = () => smallNetwork({}, { kind: 'rmsprop', params: { ...params, momentum: 0.5 } });
    const whole = await newRun(document());
    await train(runtime, whole, { maxSteps: steps });
    const parts = await newRun(document());
    await train(runtime, parts, { maxSteps: 7 });
    const between = (await newestCheckpoint(parts)).session.tensors.get(
      'hidden/kernel@optimizer/accumulated',
    );
    expect(between?.data.some((value) => value !== 0)).toBe(true);
    await train(runtime, parts, { maxSteps: steps, resume: true });
    expect(bits(await newestCheckpoint(parts))).toEqual(bits(await newestCheckpoint(whole)));
  });

  it('does so where two blocks share their weights', async () => {
    const document = (): GraphDocument => {
      const network = smallNetwork();
      const place = { x: 0, y: 0 };
      const inner = { id: 'inner', kind: 'dense', params: { units: 32 }, position: place };
      network.blocks = [
        {
          id: 'layer',
          nodes: [inner],
          edges: [],
          inputs: [{ id: 'x', to: [{ node: 'inner', port: 'x' }] }],
          outputs: [{ id: 'y', from: { node: 'inner', port: 'y' } }],
        },
      ];
      network.nodes.push(
        { id: 'one', kind: 'block', params: { block: 'layer' }, position: place },
        { id: 'two', kind: 'block', params: { block: 'layer', shareWith: 'one' }, position: place },
      );
      const wire = network.edges.find(({ to }) => to.node === 'norm');
      if (!wire) throw new Error('no wire to norm');
      wire.from = { node: 'two', port: 'y' };
      network.edges.push(
        { from: { node: 'hidden', port: 'y' }, to: { node: 'one', port: 'x' } },
        { from: { node: 'one', port: 'y' }, to: { node: 'two', port: 'x' } },
      );
      return network;
    };
    const whole = await newRun(document());
    await train(runtime, whole, { maxSteps: 12 });
    const parts = await newRun(document());
    await train(runtime, parts, { maxSteps: 5 });
    const resumed = await train(runtime, parts, { maxSteps: 12, resume: true });
    expect(resumed.failure()).toBeUndefined();
    const result = await newestCheckpoint(parts);
    expect([...result.session.tensors.keys()]).not.toContain('two/inner/kernel');
    expect(bits(result)).toEqual(bits(await newestCheckpoint(whole)));
  });

  it('does so after a stop', async () => {
    const whole = await newRun(smallNetwork());
    await train(runtime, whole, { maxSteps: steps });

    const stopped = await newRun(smallNetwork());
    const launched = launch(runtime, stopped, {
      maxSteps: steps,
      onEvent: (event, live) => {
        if (event.type === 'progress' && event.progress.step >= 3) live.controls.stop();
      },
    });
    await launched.live.ended;
    launched.live.model?.session.dispose();
    expect(launched.state()).toBe('stopped');
    expect((await newestCheckpoint(stopped)).session.step).toBeLessThan(steps);
    await train(runtime, stopped, { maxSteps: steps, resume: true });
    expect(bits(await newestCheckpoint(stopped))).toEqual(bits(await newestCheckpoint(whole)));
  });

  it.each<[string, (files: Files) => Partial<Files>]>([
    [
      'the generator of the order',
      withState((state) => {
        state.cursor.random = [1, 2, 3, 4];
      }),
    ],
    [
      'the place in the epoch',
      withState((state) => {
        state.cursor.position = 0;
      }),
    ],
    [
      'the slots',
      ({ slots }) => ({
        slots: edited(slots, (tensors) => {
          for (const { data } of tensors.values()) data.fill(0);
        }),
      }),
    ],
    [
      'one weight',
      ({ weights }) => ({
        weights: edited(weights, (tensors) => tensors.get('logits/bias')?.data.fill(0)),
      }),
    ],
    [
      'the running averages',
      ({ weights }) => ({
        weights: edited(weights, (tensors) => tensors.get('norm/movingMean')?.data.fill(0)),
      }),
    ],
  ])('would not, were %s lost', async (_, change) => {
    const whole = await newRun(smallNetwork());
    await train(runtime, whole, { maxSteps: steps });
    const expected = bits(await newestCheckpoint(whole)).tensors;
    const parts = await newRun(smallNetwork());
    await train(runtime, parts, { maxSteps: 7 });
    await tamper(parts, change);
    await train(runtime, parts, { maxSteps: steps, resume: true });
    expect(bits(await newestCheckpoint(parts)).tensors).not.toEqual(expected);
  });

  it('would not, were the draws of another step taken', async () => {
    const whole = await newRun(smallNetwork());
    await train(runtime, whole, { maxSteps: steps });
    const session = await startSession(runtime, planOfDocument(smallNetwork()));
    const state = (await newestCheckpoint(whole)).session;
    const batch = imageBatch(8);
    const images = Object.fromEntries(
      Object.entries(batch.values).map(([key, value]) => [key.replace('data.', 'mnist.'), value]),
    );
    const loss = async (step: number) => {
      await session.writeState({ ...state, step });
      return (await session.trainStep({ ...batch, values: images }, { optimizer: 0 })).loss;
    };
    expect(await loss(37)).toBe(await loss(37));
    expect(await loss(36)).not.toBe(await loss(37));
    session.dispose();
  });

  it.each(['hidden/kernel', 'norm/movingMean', 'hidden/kernel@optimizer/m'])(
    'is refused where %s is not in the checkpoint',
    async (key) => {
      const run = await newRun(smallNetwork());
      await train(runtime, run, { maxSteps: 2 });
      const slot = key.includes('@');
      await tamper(run, ({ weights, slots }) => {
        const file = edited(slot ? slots : weights, (tensors) => void tensors.delete(key));
        return slot ? { slots: file } : { weights: file };
      });
      const launched = await train(runtime, run, { resume: true });
      expect(launched.failure()).toMatchObject({ failure: { message: expect.stringContaining(key) } });
    },
  );

  it('is possible from every checkpoint that the set-up asks for', async () => {
    const run = await newRun(
      smallNetwork({ checkpoints: { everySteps: 5, everyEpochs: 0, keep: 2, best: false } }),
    );
    const launched = await train(runtime, run, { maxSteps: 23 });
    const saved = launched.events.flatMap((event) => (event.type === 'checkpoint' ? [event.step] : []));
    expect(saved).toEqual([5, 10, 15, 20, 23]);
    const kept = await listCheckpoints(runFolder.checkpoints(run.runDir));
    expect(kept.map(({ step }) => step).filter((step) => step !== STEPS_PER_EPOCH)).toEqual([23, 20]);
  });

  it('walks back to the newest checkpoint that verifies', async () => {
    const whole = await newRun(smallNetwork());
    await train(runtime, whole, { maxSteps: steps });

    const damaged = await newRun(smallNetwork());
    await train(runtime, damaged, { maxSteps: steps });
    const [newest] = await listCheckpoints(runFolder.checkpoints(damaged.runDir));
    if (!newest) throw new Error('no checkpoint');
    const weights = join(newest.path, 'weights.safetensors');
    const bytes = await readFile(weights);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(weights, bytes);
    expect((await newestCheckpoint(damaged)).session.step).toBe(2 * STEPS_PER_EPOCH);
    await train(runtime, damaged, { maxSteps: steps, resume: true });
    expect(bits(await newestCheckpoint(damaged))).toEqual(bits(await newestCheckpoint(whole)));
  });

  it('keeps the curve without the points that were done again', async () => {
    const run = await newRun(smallNetwork());
    await train(runtime, run, { maxSteps: 2 * STEPS_PER_EPOCH });
    await train(runtime, run, { resume: true });
    const validation = (await readMetricPoints(run.runDir)).filter(
      ({ split, whole }) => split === 'validation' && whole,
    );
    expect(validation.map(({ step }) => step)).toEqual([1, 2, 3].map((epoch) => epoch * STEPS_PER_EPOCH));
  });

  it('refuses the checkpoint of another network', async () => {
    const run = await newRun(smallNetwork());
    await train(runtime, run, { maxSteps: 2 });
    const other = smallNetwork();
    for (const node of other.nodes) if (node.id === 'hidden') node.params.units = 16;
    const launched = await train(runtime, { ...run, document: other }, { resume: true });
    expect(launched.failure()).toMatchObject({
      failure: { reason: 'invalid-graph', message: expect.stringContaining('hidden/kernel') },
    });
  });
});
