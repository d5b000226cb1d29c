import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#main/engine/runtime.ts';
import { listCheckpoints } from '#main/engine/train/checkpoints.ts';
import { readMetricPoints, runFolder } from '#main/services/runFolder.ts';
import { nativeRuntime } from './traceSupport.ts';
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

/** Changes state.json of the newest checkpoint and puts its hash right. */
async function tamper(
  run: TestRun,
  change: (state: { cursor: { random: number[]; position: number } }) => void,
) {
  const [place] = await listCheckpoints(runFolder.checkpoints(run.runDir));
  if (!place) throw new Error('no checkpoint');
  const state = JSON.parse(await readFile(join(place.path, 'state.json'), 'utf8'));
  change(state);
  const bytes = Buffer.from(JSON.stringify(state));
  await writeFile(join(place.path, 'state.json'), bytes);
  const manifest = JSON.parse(await readFile(join(place.path, 'manifest.json'), 'utf8'));
  manifest.files['state.json'] = {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  await writeFile(join(place.path, 'manifest.json'), JSON.stringify(manifest));
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

  it('would not, were the random state or the place in the epoch lost', async () => {
    const whole = await newRun(smallNetwork());
    await train(runtime, whole, { maxSteps: steps });
    const expected = bits(await newestCheckpoint(whole)).tensors;
    for (const change of [
      (state: { cursor: { random: number[] } }) => {
        state.cursor.random = [1, 2, 3, 4];
      },
      (state: { cursor: { position: number } }) => {
        state.cursor.position = 0;
      },
    ]) {
      const parts = await newRun(smallNetwork());
      await train(runtime, parts, { maxSteps: 7 });
      await tamper(parts, change);
      await train(runtime, parts, { maxSteps: steps, resume: true });
      expect(bits(await newestCheckpoint(parts)).tensors).not.toEqual(expected);
    }
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
