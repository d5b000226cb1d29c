import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import type { Batch, Runtime } from '#main/engine/runtime.ts';
import { EagerSession } from '#main/engine/runtimes/eager/eagerSession.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { inferNode } from '#shared/compile/inferNode.ts';
import type { NodeAnalysis } from '#shared/compile/plan.ts';
import type { LayerNode, LossNode, MetricNode, NodeExample } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import type { PortType } from '#shared/types/portType.ts';
import { nativeRuntime } from '../engine/traceSupport.ts';
import { largestParams } from '../unit/shared/nodes/badParams.ts';
import {
  exampleBatch,
  exampleInputs,
  examplePlan,
  outputTypes,
  PARAMETER_KIND,
  randomValues,
  sizeOf,
} from './examplePlan.ts';

vi.mock('#shared/nodes/registry.ts', async (importOriginal) => {
  const { withParameter } = await import('./parameterNode.ts');
  return withParameter(await importOriginal());
});

type Computed = LayerNode | LossNode | MetricNode;

/** Every rank with axes of one, where most goes wrong, and with different sizes. */
const shapes: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 1],
  [1, 1, 1],
  [1, 1, 1, 1],
  [1, 1, 1, 1, 1],
  [3],
  [2, 3],
  [2, 4, 5],
  [2, 4, 4, 3],
  [2, 3, 4, 5, 6],
];
/** Larger cases cost time and tell nothing more. */
const LARGEST_TENSOR = 100_000;
const MOST_WORK = 2e7;

type Inputs = NodeExample['inputs'];
type Types = PortType | readonly PortType[];

const reshaped = (types: Types, shape: readonly number[]): Types => {
  const one = (type: PortType): PortType => (type.type === 'tensor' ? { ...type, shape } : type);
  return 'type' in types ? one(types) : types.map(one);
};

/** The example with other shapes, at one port and at all, without what it can do without, and with extreme parameters. */
function* variations(node: Computed, example: NodeExample): Generator<NodeExample> {
  for (const [port, types] of Object.entries(example.inputs)) {
    for (const shape of shapes)
      yield { ...example, inputs: { ...example.inputs, [port]: reshaped(types, shape) } };
  }
  const same = (shape: readonly number[]): Inputs =>
    Object.fromEntries(Object.entries(example.inputs).map(([port, types]) => [port, reshaped(types, shape)]));
  for (const shape of shapes) yield { ...example, inputs: same(shape) };
  for (const { id, optional } of node.ports.inputs) {
    const { [id]: removed, ...inputs } = example.inputs;
    if (optional && removed) yield { ...example, inputs };
  }
  for (const params of largestParams(node, example)) yield { ...example, params };
}

/** What inference says of the node; null where it has a problem with it, or it is too large for a test. */
function accepted(node: Computed, { inputs, params }: NodeExample): NodeAnalysis | null {
  const lists = Object.fromEntries(
    Object.entries(inputs).map(([port, types]) => [port, 'type' in types ? [types] : types]),
  );
  const instance = { id: 'node', kind: node.kind, params: params as JsonObject, position: { x: 0, y: 0 } };
  const { analysis, problems } = inferNode(instance, node, lists, true, undefined);
  if (problems.some(({ severity }) => severity !== 'warning')) return null;
  const tensors = [
    ...Object.values(outputTypes(analysis.outputs)),
    ...Object.values(analysis.weights),
    ...(analysis.inside ? [analysis.inside] : []),
  ].map(({ shape }) => sizeOf(shape.map(Number)));
  return Math.max(...tensors, 0) > LARGEST_TENSOR || analysis.flops > MOST_WORK ? null : analysis;
}

let runtime: Runtime;
beforeAll(async () => {
  const { info } = await nativeRuntime();
  const ops = createNativeOps({ addonKernels: true });
  runtime = {
    info,
    createSession: async (plan, options) =>
      new EagerSession({ backend: NATIVE_EAGER_BACKEND, ops, info, plan, options }),
  };
}, 60_000);

/** A step and an answer of the node; what is wrong, or nothing. */
async function tried(node: Computed, example: NodeExample, analysis: NodeAnalysis): Promise<string[]> {
  const outputs = outputTypes(analysis.outputs);
  const plan = examplePlan(node, example, outputs);
  const initialWeights = initializeWeights(plan, 1);
  const ranges = new Map(exampleInputs(example).map(({ path, range }) => [path, range]));
  for (const { kind, path, weights } of plan.nodes) {
    if (kind !== PARAMETER_KIND || !weights.value) continue;
    initialWeights.set(`${path}/value`, randomValues(sizeOf(weights.value.shape), path, ranges.get(path)));
  }
  const session = await runtime.createSession(plan, { seed: 1, initialWeights });
  try {
    const batch: Batch = exampleBatch(example, outputs);
    const values = node.role === 'layer' ? await session.predict(batch) : {};
    if (plan.optimizers.length > 0) await session.trainStep(batch, { sgd: 0.001 });
    else if (node.role !== 'metric') await session.evaluateStep(batch);
    return Object.entries(node.role === 'layer' ? outputs : {}).flatMap(([port, { shape }]) => {
      const real = values[`loss-${port}`]?.shape;
      return JSON.stringify(real) === JSON.stringify(shape) ? [] : [`${port} is ${real}, inferred ${shape}`];
    });
  } finally {
    session.dispose();
  }
}

const computed = nodeDefinitions.filter(
  (node): node is Computed => node.role === 'layer' || node.role === 'loss',
);

describe.each(computed.map((node) => [node.kind, node] as const))('%s', (_, node) => {
  it('can be computed with whatever inference accepts, and has the inferred shapes', async () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const example of node.examples) {
      // Whole numbers are all 0, which every table has.
      const ranges = Object.fromEntries(
        node.ports.inputs.map(({ id }) => [id, example.ranges?.[id] ?? ([-1, 1] as const)] as const),
      );
      for (const [port, types] of Object.entries(example.inputs)) {
        const [type] = [types].flat();
        if (type?.type === 'tensor' && type.dtype !== 'float32') ranges[port] = [0, 1];
      }
      for (const variation of variations(node, { ...example, ranges })) {
        const about = JSON.stringify([variation.params, variation.inputs]);
        if (seen.has(about)) continue;
        seen.add(about);
        const analysis = accepted(node, variation);
        if (!analysis) continue;
        const found = await tried(node, variation, analysis).catch((error: Error) => [error.message]);
        wrong.push(...found.map((what) => `${what}: ${about}`));
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
