import { beforeAll, describe, expect, it } from 'vitest';
import { openPlanData } from '#main/engine/data/planData.ts';
import { sampleImages } from '#main/engine/probe/sampleImages.ts';
import { sampleText } from '#main/engine/probe/sampleText.ts';
import type { Runtime, Session } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import type { OpenModel } from '#main/engine/train/liveRun.ts';
import { SessionLock } from '#main/engine/train/sessionLock.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { templates } from '#shared/templates/index.ts';
import { nativeRuntime, planOf } from './traceSupport.ts';

let native: Runtime;
beforeAll(async () => {
  native = await nativeRuntime();
});

const planOfTemplate = (id: string): Plan => {
  const template = templates.find((candidate) => candidate.id === id);
  const plan = template && createPlan(template.document);
  if (!plan?.ok) throw new Error(`no plan of ${id}`);
  return plan.value;
};

const open = (runtime: Runtime, plan: Plan): Promise<Session> =>
  runtime.createSession(plan, { seed: 1, initialWeights: initializeWeights(plan, 1) });

/** A network at its first weights. */
async function modelOf(plan: Plan): Promise<OpenModel> {
  const session = await open(native, plan);
  return { runId: 'test', plan, openData: () => openPlanData(plan), session, lock: new SessionLock() };
}

const float = (...data: number[]) => ({
  shape: [1, data.length],
  dtype: 'float32' as const,
  data: Float32Array.from(data),
});

describe('values of a network', () => {
  const plan = planOf([
    { id: 'data', kind: 'iris' },
    { id: 'twice', kind: 'expression', params: { formula: '2 * a' }, inputs: { a: 'data.features' } },
    { id: 'more', kind: 'expression', params: { formula: 'a + 1' }, inputs: { a: 'twice.y' } },
    { id: 'dense', kind: 'dense', params: { units: 3 }, inputs: { x: 'more.y' } },
    { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits: 'dense.y', labels: 'data.label' } },
    { id: 'adam', kind: 'adam', inputs: { loss: 'loss.loss' } },
  ]);
  const values = [
    { path: 'twice', port: 'y' },
    { path: 'more', port: 'y' },
  ];

  it.each(['native', 'cpu'])('are computed from data, or from what stands in for them (%s)', async (rung) => {
    const session = await open(rung === 'native' ? native : createCpuRuntime([]), plan);
    const whole = { size: 1, values: { 'data.features': float(1, 2, 3, 4) } };
    const [twice, more] = await session.compute(whole, { values, draw: 0 });
    expect([...(twice?.data ?? [])]).toEqual([2, 4, 6, 8]);
    expect([...(more?.data ?? [])]).toEqual([3, 5, 7, 9]);

    const given = { size: 1, values: { 'twice.y': float(10, 20, 30, 40) } };
    const [from] = await session.compute(given, { values: values.slice(1), draw: 0 });
    expect([...(from?.data ?? [])]).toEqual([11, 21, 31, 41]);
    session.dispose();
  });
});

describe('images out of noise', () => {
  const request = { count: 4, seed: 7, wantedClass: null, steps: 3, state: null };

  it('a generator: from 0 to 1, the same for a seed, others for another, by class', async () => {
    const model = await modelOf(planOfTemplate('cgan-mnist'));
    const made = await sampleImages(model, request);
    expect(made.images.shape).toEqual([4, 28, 28, 1]);
    expect(made.classes).toEqual(['0', '1', '2', '3']);
    expect(made.state).toBeNull();
    expect(made.images.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect((await sampleImages(model, request)).images.data).toEqual(made.images.data);
    expect((await sampleImages(model, { ...request, seed: 8 })).images.data).not.toEqual(made.images.data);
    expect((await sampleImages(model, { ...request, wantedClass: 9 })).classes).toEqual(['9', '9', '9', '9']);
    await expect(sampleImages(model, { ...request, wantedClass: 10 })).rejects.toThrow('no class 10');
  });

  it('a picture that is learnt: one, at first the photograph that it is painted over', async () => {
    const model = await modelOf(planOfTemplate('style-transfer'));
    const { images, state } = await sampleImages(model, request);
    expect(images.shape).toEqual([1, 128, 128, 3]);
    expect(state).toBeNull();
    const sample = await (await model.openData()).gather({
      split: 'train',
      indices: null,
      start: 0,
      size: 1,
    });
    expect(images.data).toEqual(sample.values['pictures.content']?.data);
  });

  it('diffusion: step by step, each call from what the last has left', async () => {
    const model = await modelOf(planOfTemplate('diffusion-mnist'));
    let made = await sampleImages(model, request);
    for (const step of [1, 2]) {
      expect(made.state?.step).toBe(step);
      made = await sampleImages(model, { ...request, state: made.state });
    }
    expect(made.state).toBeNull();
    expect(made.images.data.every(Number.isFinite)).toBe(true);
  });
});

describe('text of a language model', () => {
  const request = { text: 'Call me ', count: 20, temperature: 1, topK: 0, seed: 1 };

  it('is of its characters, as long as asked for, and the same for a seed', async () => {
    const model = await modelOf(planOfTemplate('lstm-text'));
    const { text } = await sampleText(model, request);
    expect(text).toHaveLength(20);
    expect(await sampleText(model, request)).toEqual({ text });
    expect(await sampleText(model, { ...request, seed: 2 })).not.toEqual({ text });
    await expect(sampleText(model, { ...request, text: 'Ünter' })).rejects.toThrow('Ü');
    await expect(
      sampleImages(model, { ...{ count: 1, seed: 1, wantedClass: null, steps: 1, state: null } }),
    ).rejects.toThrow('no images');
  });

  it('reads the answer at the last character, whatever stands behind', async () => {
    const model = await modelOf(planOfTemplate('gpt-text'));
    const longer = { ...request, text: `${'x'.repeat(200)}Call me `, count: 3, temperature: 0 };
    expect((await sampleText(model, longer)).text).toHaveLength(3);
  });
});
