import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import type { Batch, Runtime, Session, SessionState } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import { EagerSession } from '#main/engine/runtimes/eager/eagerSession.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { NodeDefinition, NodeExample } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { nativeRuntime } from '../engine/traceSupport.ts';
import { webGpuRuntime } from '../engine/webGpuSupport.ts';
import {
  exampleBatch,
  exampleInputs,
  examplePlan,
  inferArgs,
  outputTypes,
  PARAMETER_KIND,
  randomValues,
  sizeOf,
} from './examplePlan.ts';
import { namedRungs, wantedRungs } from './wantedRungs.ts';

vi.mock('#shared/nodes/registry.ts', async (importOriginal) => {
  const { withParameter } = await import('./parameterNode.ts');
  return withParameter(await importOriginal());
});

const rungs = ['native', 'eager', 'cpu', 'webgpu'] as const;
type Rung = (typeof rungs)[number];
const runtimes: Partial<Record<Rung, Runtime>> = {};

/** The first of the rungs to test is the one that the others are compared with. */
const wanted = wantedRungs(rungs);
const reference = wanted[0] ?? 'native';
const others = () => wanted.slice(1).filter((name) => runtimes[name]);

let closeWebGpu = () => {};
beforeAll(async () => {
  if (wanted.includes('native') || wanted.includes('eager')) {
    const native = await nativeRuntime();
    const ops = createNativeOps({ addonKernels: true });
    runtimes.native = native;
    runtimes.eager = {
      info: native.info,
      createSession: async (plan, options) =>
        new EagerSession({ backend: NATIVE_EAGER_BACKEND, ops, info: native.info, plan, options }),
    };
  }
  runtimes.cpu = createCpuRuntime();
  const webgpu = wanted.includes('webgpu') ? await webGpuRuntime() : null;
  if (webgpu) {
    runtimes.webgpu = webgpu;
    closeWebGpu = webgpu.close;
  }
}, 60_000);
afterAll(() => closeWebGpu());

it('runs on every rung that the machine has', () => {
  expect(Object.keys(runtimes)).toEqual(
    expect.arrayContaining(wanted.filter((name) => name !== 'webgpu' || namedRungs)),
  );
  const card = runtimes.webgpu?.info.device;
  console.info(`conformance: WebGPU: ${card ?? 'not tested, for this machine has no adapter'}`);
});

async function openSession(name: Rung, plan: Plan, example: NodeExample, seed = 1): Promise<Session> {
  const runtime = runtimes[name];
  if (!runtime) throw new Error(`no runtime ${name}`);
  const initialWeights = initializeWeights(plan, 1);
  const ranges = new Map(exampleInputs(example).map(({ path, range }) => [path, range]));
  for (const node of plan.nodes) {
    const value = node.weights.value;
    if (node.kind !== PARAMETER_KIND || !value) continue;
    initialWeights.set(
      `${node.path}/value`,
      randomValues(sizeOf(value.shape), node.path, ranges.get(node.path)),
    );
  }
  return runtime.createSession(plan, { seed, initialWeights });
}

/** The loss of the training program at the given state. */
async function trainingLoss(session: Session, state: SessionState, batch: Batch): Promise<number> {
  await session.writeState(state);
  return (await session.trainStep(batch, { sgd: 0 })).loss;
}

/** Gradients by weight: what plain descent at a rate of 1 takes off. */
async function gradients(
  session: Session,
  state: SessionState,
  batch: Batch,
): Promise<Map<string, Float64Array>> {
  await session.writeState(state);
  await session.trainStep(batch, { sgd: 1 });
  const after = await session.readState();
  const found = new Map<string, Float64Array>();
  for (const [key, { data, role }] of state.tensors) {
    const moved = after.tensors.get(key)?.data;
    if (role !== 'weight' || !moved) continue;
    found.set(
      key,
      Float64Array.from(data, (value, index) => value - (moved[index] ?? Number.NaN)),
    );
  }
  return found;
}

function shifted(state: SessionState, key: string, direction: Float32Array, distance: number): SessionState {
  const tensors = new Map(state.tensors);
  const tensor = tensors.get(key);
  if (!tensor) throw new Error(`no ${key}`);
  const data = Float32Array.from(tensor.data, (value, index) => value + distance * (direction[index] ?? 0));
  return { ...state, tensors: tensors.set(key, { ...tensor, data }) };
}

const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
};

const closeTo = (
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
  what: string,
): void => {
  expect(found.length, what).toBe(wanted.length);
  const scale = Math.max(1, ...Array.from(wanted, Math.abs));
  for (let i = 0; i < wanted.length; i += 1) {
    const difference = Math.abs((found[i] ?? Number.NaN) - (wanted[i] ?? Number.NaN));
    expect(difference, `${what}[${i}]: ${found[i]} for ${wanted[i]}`).toBeLessThanOrEqual(tolerance * scale);
  }
};

/** Step of the central difference as a share of half the range, and what float32 leaves of its precision. */
const DISTANCE = 4e-3;
const GRADIENT_TOLERANCE = 5e-3;

const cases = nodeDefinitions.flatMap((definition: NodeDefinition) =>
  definition.examples.map((example): [string, NodeDefinition, NodeExample] => [
    `${definition.kind}: ${example.name}`,
    definition,
    example,
  ]),
);

it('every node type has an example', () => {
  expect(nodeDefinitions.filter(({ examples }) => examples.length === 0).map(({ kind }) => kind)).toEqual([]);
});

describe.each(cases)('%s', (_, definition, example) => {
  const params = definition.params.parse(example.params);
  const args = inferArgs(definition, example);

  it('keeps its parameters through JSON', () => {
    expect(definition.params.parse(JSON.parse(JSON.stringify(params)))).toEqual(params);
    expect(definition.summary(params).every((line) => line.length > 0)).toBe(true);
  });

  it('infers the shapes that the example states', () => {
    const facts =
      definition.role === 'dataset' ? (example.facts ?? definition.knownFacts?.(params)) : undefined;
    const inferred = definition.infer({ ...args, facts });
    if (!('outputs' in inferred)) throw new Error(JSON.stringify(inferred.problem));
    for (const [port, shape] of Object.entries(example.outputs)) {
      const type = inferred.outputs[port];
      if (type?.type !== 'tensor') continue;
      // What varies from batch to batch (samples, nodes, edges) is a symbol, which a data node's example leaves out.
      const sizes =
        definition.role === 'dataset' ? type.shape.filter((dim) => typeof dim === 'number') : type.shape;
      expect(sizes).toEqual(shape);
    }
  });

  if (definition.role === 'dataset') return;

  it('has as many parameters as the example states', () => {
    if (example.parameterCount === undefined) return;
    const specs = 'weights' in definition ? Object.values(definition.weights?.(args) ?? {}) : [];
    const trainable = specs.filter((spec) => spec.trainable);
    expect(trainable.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(example.parameterCount);
  });

  if (definition.role === 'optimizer') {
    it('uses the slots that it declares', () => {
      const slots = definition.slots(params);
      expect(new Set(slots).size).toBe(slots.length);
      expect(definition.learningRate(params)).toBeGreaterThan(0);
    });
    return;
  }

  const inferred = definition.infer(args);
  const outputs = outputTypes(inferred.outputs ?? {});
  const plan = examplePlan(definition, example, outputs);
  const batch = exampleBatch(example, outputs);
  /** One session a rung for all tests of the example, since opening one is most of the work. */
  const sessions = new Map<Rung, { session: Session; state: SessionState }>();
  afterAll(() => {
    for (const { session } of sessions.values()) session.dispose();
  });
  /** The rung's session, as it was when it was opened. */
  const opened = async (name: Rung): Promise<{ session: Session; state: SessionState }> => {
    let known = sessions.get(name);
    if (!known) {
      const session = await openSession(name, plan, example);
      known = { session, state: await session.readState() };
      sessions.set(name, known);
    }
    await known.session.writeState(known.state);
    return known;
  };
  /** Runtimes draw other numbers, so that they agree only where nothing is drawn. */
  const drawsInEvaluation = once(async (): Promise<boolean> => {
    const { session } = await opened(reference);
    const { loss } = await session.evaluateStep(batch);
    const other = await openSession(reference, plan, example, 2);
    const drawn = (await other.evaluateStep(batch)).loss;
    other.dispose();
    return loss !== drawn;
  });
  const drawsInTraining = once(async (): Promise<boolean> => {
    const { session, state } = await opened(reference);
    const first = await trainingLoss(session, state, batch);
    return first !== (await trainingLoss(session, { ...state, step: state.step + 1 }, batch));
  });

  if (definition.role === 'metric') {
    it('counts the same on every runtime', async () => {
      const metricPlan: Plan = { ...plan, losses: ['loss'], nodes: [...plan.nodes, lossOfFirstInput(plan)] };
      const sums = [];
      for (const name of [reference, ...others()]) {
        const session = await openSession(name, metricPlan, example);
        sums.push((await session.evaluateStep(withTarget(batch, plan))).sums.node ?? {});
        session.dispose();
      }
      for (const other of sums.slice(1)) {
        expect(Object.keys(other)).toEqual(Object.keys(sums[0] ?? {}));
        closeTo(Object.values(other), Object.values(sums[0] ?? {}), 1e-5, 'sums');
      }
      expect(Number.isFinite(definition.finish(sums[0] ?? {}))).toBe(true);
    });
    return;
  }

  it('gives the inferred shapes and the same values on every runtime', async () => {
    const { session: exact } = await opened(reference);
    const values = await exact.predict(batch);
    const { loss } = await exact.evaluateStep(batch);
    for (const [port, { shape }] of Object.entries(outputs)) {
      expect(values[`loss-${port}`]?.shape).toEqual(shape);
    }
    if (await drawsInEvaluation()) return;
    for (const name of others()) {
      const { session } = await opened(name);
      for (const [path, value] of Object.entries(await session.predict(batch))) {
        closeTo(values[path]?.data ?? [], value.data, 1e-5, `${path} on ${name}`);
      }
      closeTo([loss], [(await session.evaluateStep(batch)).loss], 1e-5, `loss on ${name}`);
    }
  });

  if (plan.optimizers.length === 0) return;

  it('gives back the same values after saving and loading', async () => {
    const { session } = await opened(reference);
    await session.trainStep(batch, { sgd: 0.1 });
    const state = await session.readState();
    const { loss } = await session.evaluateStep(batch);
    const fresh = await openSession(reference, plan, example);
    await fresh.writeState(state);
    closeTo([(await fresh.evaluateStep(batch)).loss], [loss], 0, 'loss');
    fresh.dispose();
    if (await drawsInEvaluation()) return;
    for (const name of others()) {
      const other = await opened(name);
      await other.session.writeState(state);
      closeTo([(await other.session.evaluateStep(batch)).loss], [loss], 1e-5, `loss on ${name}`);
    }
  });

  it('has gradients equal to finite differences', async () => {
    if (definition.ownGradient) return;
    // A runtime whose gradients can be compared with the reference's needs no differences of its own.
    for (const name of [reference, ...((await drawsInTraining()) ? others() : [])]) {
      const { session, state } = await opened(name);
      for (const [key, gradient] of await gradients(session, state, batch)) {
        // Along a random direction of length 1, so that one number tells about all elements.
        const random = randomValues(gradient.length, `direction/${key}`);
        const length = Math.hypot(...random);
        const direction = random.map((value) => value / length);
        const input = exampleInputs(example).find(({ path }) => key === `${path}/value`);
        const [low, high] = input?.range ?? [-1, 1];
        const distance = (DISTANCE * (high - low)) / 2;
        const forward = await trainingLoss(session, shifted(state, key, direction, distance), batch);
        const backward = await trainingLoss(session, shifted(state, key, direction, -distance), batch);
        const difference = (forward - backward) / (2 * distance);
        const slope = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
        closeTo([slope], [difference], GRADIENT_TOLERANCE, `${key} on ${name}`);
      }
    }
  });

  it('has the same gradients on every runtime where no chance is involved', async () => {
    if (await drawsInTraining()) return;
    const { session: exact, state } = await opened(reference);
    const wanted = await gradients(exact, state, batch);
    for (const name of others()) {
      const { session } = await opened(name);
      const found = await gradients(session, state, batch);
      expect(new Set(found.keys())).toEqual(new Set(wanted.keys()));
      for (const [key, gradient] of found) {
        closeTo(wanted.get(key) ?? [], gradient, 1e-5, `${key} on ${name}`);
      }
    }
  });
});

/** An evaluation reports a loss too: of the metric's first trainable input against zeros. */
function lossOfFirstInput(plan: Plan): Plan['nodes'][number] {
  const input = plan.nodes.find(({ kind }) => kind === PARAMETER_KIND);
  if (!input) throw new Error('the metric has no float input');
  return {
    ...input,
    path: 'loss',
    kind: 'mean-squared-error',
    weights: {},
    inputs: {
      prediction: [{ path: input.path, port: 'value' }],
      target: [{ path: 'data', port: 'zeros' }],
    },
  };
}

function withTarget(batch: Batch, plan: Plan): Batch {
  const shape = plan.nodes.find(({ kind }) => kind === PARAMETER_KIND)?.weights.value?.shape ?? [];
  const data = new Float32Array(sizeOf(shape));
  return { ...batch, values: { ...batch.values, 'data.zeros': { shape, dtype: 'float32', data } } };
}
