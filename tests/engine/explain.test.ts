import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainDocument } from '#main/engine/explain/explainDocument.ts';
import type { Runtime } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { createExecutionMemory, executionKey } from '#main/engine/train/executionMemory.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { explanationSchema } from '#shared/protocol/explanation.ts';
import { nativeRuntime } from './traceSupport.ts';
import { smallNetwork } from './trainSupport.ts';

const cli = fileURLToPath(new URL('../../dist/cli/neuroloom.cjs', import.meta.url));
const document = smallNetwork();
let runtime: Runtime;
let folder: string;
beforeAll(async () => {
  runtime = await nativeRuntime();
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-explain-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what is told of a graph', () => {
  it('has the plan, and what a step needs in memory', async () => {
    const { plan, memory } = await explainDocument(runtime, document, null);
    expect(plan.nodes.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['mnist', 'flatten', 'hidden', 'norm', 'dropout', 'logits']),
    );
    const hidden = plan.nodes.find(({ path }) => path === 'hidden');
    expect(hidden).toEqual({
      path: 'hidden',
      kind: 'dense',
      outputs: { y: 'float32 [B, 32]' },
      weights: 784 * 32 + 32,
      activationBytes: 64 * 32 * 4,
    });
    expect(plan.optimizers).toEqual({ optimizer: ['hidden', 'norm', 'logits'] });
    const trained = 784 * 32 + 32 + 2 * 32 + 32 * 10 + 10;
    expect(memory).toMatchObject({
      weights: 4 * (trained + 2 * 32),
      gradients: 4 * trained,
      slots: 4 * 2 * trained,
    });
    // Images, the same flattened, four layers of 32 and one of 10, and the labels.
    expect(memory.activations).toBe(4 * 64 * (784 + 784 + 3 * 32 + 10 + 1));
  });

  it('has the programs as they were recorded and as they run', async () => {
    const { programs, execution } = await explainDocument(runtime, document, null);
    expect(execution).toEqual({ options: runtime.executions?.[0], chosen: 'default' });
    expect(programs.map(({ name }) => name)).toEqual([
      expect.stringContaining('optimizer'),
      'evaluate',
      'predict',
    ]);
    const [train, evaluate, predict] = programs;
    // Two dense layers and a normalisation, weight and bias each; the first one's weight is large.
    expect(train?.recorded.ResourceApplyAdam).toBe(5);
    expect(train?.executed.ResourceApplyAdam).toBe(5);
    expect(train?.executed.NeuroloomAdam).toBe(1);
    expect(evaluate?.recorded.ResourceApplyAdam).toBeUndefined();
    expect(predict?.recorded.NeuroloomAffine).toBe(2);
    // Product and bias are one operation.
    expect(predict?.executed.NeuroloomAffine).toBe(2);
    expect(predict?.executed.BiasAdd).toBeUndefined();
    expect(train?.times.ResourceApplyAdam).toBeGreaterThan(0);
  });

  it('shows the ways of running at work: XLA’s clusters, and nothing fused without an optimiser', async () => {
    const plan = createPlan(document);
    if (!plan.ok) throw new Error('the network has problems');
    const memory = createExecutionMemory(folder);
    const key = executionKey(plan.value, runtime.info);
    const executedWith = async (xla: boolean, grappler: boolean) => {
      await memory.remember(key, { xla, grappler, callerThread: true });
      const { programs, execution } = await explainDocument(runtime, document, memory);
      expect(execution).toMatchObject({ chosen: 'remembered', options: { xla, grappler } });
      return Object.keys(programs[0]?.executed ?? {});
    };
    expect(await executedWith(true, true)).toContain('_XlaRun');
    const plain = await executedWith(false, false);
    expect(plain).not.toContain('_XlaRun');
    expect(plain.filter((type) => type.includes('FusedMatMul'))).toEqual([]);
  });

  it('has no programs where operations run one by one', async () => {
    const { programs, execution, plan } = await explainDocument(createCpuRuntime(), document, null);
    expect({ programs, execution }).toEqual({ programs: [], execution: null });
    expect(plan.nodes.length).toBeGreaterThan(5);
  });
});

describe('neuroloom validate --explain', () => {
  const validate = (...args: string[]) =>
    promisify(execFile)(process.execPath, [cli, 'validate', ...args, '--data-dir', folder]);

  it('prints it for people and, as JSON, for programs', async () => {
    const path = join(folder, 'network.json');
    await writeFile(path, serializeDocument(document));
    const text = (await validate(path, '--explain')).stdout;
    expect(text).toMatch(/hidden\s+dense\s+float32 \[B, 32\]\s+25\s120\s+8.19 KB/);
    expect(text).toContain('optimizer trains hidden, norm, logits');
    expect(text).toMatch(/fused and in place: .*NeuroloomAdam 1/);
    expect(text).toMatch(/fused and in place: .*ResourceApplyAdam 5/);
    const lines = (await validate(path, '--explain', '--json')).stdout.trim().split('\n');
    const [explanation, done] = lines.map((line) => JSON.parse(line));
    expect(explanation.event).toBe('explanation');
    expect(explanationSchema.parse(explanation).programs.length).toBe(3);
    expect(done).toMatchObject({ event: 'done', ok: true });
  });

  it('explains nothing of a graph that cannot be trained, and says why it cannot', async () => {
    const path = join(folder, 'broken.json');
    const edges = document.edges.filter(({ to }) => to.node !== 'optimizer');
    await writeFile(path, serializeDocument({ ...document, edges }));
    const failed = await validate(path, '--explain', '--json').then(
      () => null,
      (error: { code: number; stdout: string }) => error,
    );
    expect(failed?.code).toBe(1);
    expect(failed?.stdout).not.toContain('explanation');
    expect(failed?.stdout).toContain('"event":"problem"');
  });
});
