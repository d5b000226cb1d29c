import { beforeAll, expect, it } from 'vitest';
import type { Batch, Runtime } from '#main/engine/runtime.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { readyBlocks } from '#shared/blocks/index.ts';
import type { ReadyBlock } from '#shared/blocks/readyBlock.ts';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { blockFace } from '#shared/graph/blockFace.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { nativeRuntime } from './traceSupport.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await nativeRuntime();
}, 60_000);

const size = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/**
 * The block between noise of the stated shapes and a loss on all that it gives: a network that can be trained
 * without knowing what the block is for.
 */
function documentAround({ definitions, example }: ReadyBlock): GraphDocument {
  const block = definitions.at(-1);
  const inputs = Object.entries(example.inputs);
  const outputs = Object.keys(example.outputs);
  const node = (id: string, kind: string, params: object = {}) => ({
    id,
    kind,
    params,
    position: { x: 0, y: 0 },
  });
  const wire = (from: string, to: string) => {
    const [a, b] = [from.split('.'), to.split('.')];
    return { from: { node: a[0], port: a[1] }, to: { node: b[0], port: b[1] } };
  };
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'ready-made block',
    nodes: [
      node('data', 'two-spirals'),
      ...inputs.flatMap(([port, shape]) => [
        node(`noise-${port}`, 'noise', { size: size(shape) }),
        node(`shape-${port}`, 'reshape', { shape }),
      ]),
      node('block', 'block', { block: block?.id }),
      ...outputs.map((port) => node(`flat-${port}`, 'flatten')),
      ...(outputs.length > 1 ? [node('join', 'concatenate')] : []),
      node('logits', 'dense', { units: 2 }),
      node('loss', 'softmax-cross-entropy'),
      node('adam', 'adam'),
    ],
    edges: [
      ...inputs.flatMap(([port]) => [
        wire('data.point', `noise-${port}.like`),
        wire(`noise-${port}.y`, `shape-${port}.x`),
        wire(`shape-${port}.y`, `block.${port}`),
      ]),
      ...outputs.flatMap((port) => [
        wire(`block.${port}`, `flat-${port}.x`),
        wire(`flat-${port}.y`, outputs.length > 1 ? 'join.values' : 'logits.x'),
      ]),
      ...(outputs.length > 1 ? [wire('join.y', 'logits.x')] : []),
      wire('logits.y', 'loss.logits'),
      wire('data.label', 'loss.labels'),
      wire('loss.loss', 'adam.loss'),
    ],
    blocks: definitions,
  });
}

it.each(readyBlocks.map((block) => [block.id, block] as const))(
  '%s has no problems, the stated shapes and parameters, and trains',
  async (_, ready) => {
    const document = documentAround(ready);
    const { problems, nodes } = analyze(document);
    expect(problems).toEqual([]);
    const { outputs, parameterCount } = nodes.get('block') ?? {};
    const shapes = Object.entries(outputs ?? {}).map(([port, type]) => [
      port,
      type.type === 'tensor' ? type.shape.slice(1) : [],
    ]);
    expect(Object.fromEntries(shapes)).toEqual(ready.example.outputs);
    expect(parameterCount).toBe(ready.example.parameterCount);

    const root = ready.definitions.at(-1);
    const face = root && blockFace(root, ready.definitions);
    expect(face?.ports.inputs.map(({ id }) => id)).toEqual(Object.keys(ready.example.inputs));
    expect(Object.keys(face?.text.params ?? {})).toEqual([
      'repeat',
      ...(root?.params ?? []).map(({ id }) => id),
    ]);

    const planned = createPlan(document);
    if (!planned.ok) throw new Error(JSON.stringify(planned.error));
    const plan = planned.value;
    const session = await runtime.createSession(plan, {
      seed: 1,
      initialWeights: initializeWeights(plan, 1),
    });
    const batch: Batch = {
      size: 4,
      values: {
        'data.point': { dtype: 'float32', shape: [4, 2], data: new Float32Array([1, 0, 0, 1, -1, 0, 0, -1]) },
        'data.label': { dtype: 'int32', shape: [4], data: new Int32Array([0, 1, 0, 1]) },
      },
    };
    const first = await session.trainStep(batch, { adam: 0.001 });
    const second = await session.trainStep(batch, { adam: 0.001 });
    expect(Number.isFinite(first.loss) && Number.isFinite(second.loss)).toBe(true);
    expect(second.loss).not.toBe(first.loss);
    session.dispose();
  },
);
