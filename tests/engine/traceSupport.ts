import { existsSync } from 'node:fs';
import type { Batch, Runtime, Session } from '#main/engine/runtime.ts';
import { createTensorFlowRuntime } from '#main/engine/runtimes/tensorflow/tensorflowRuntime.ts';
import { initializeWeights } from '#main/engine/train/initialize.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { packPath } from './packPath.ts';

/** The native runtime of this checkout; without its pack a test fails and says how to get it. */
export async function nativeRuntime(): Promise<Runtime> {
  if (!existsSync(packPath)) {
    throw new Error(`There is no native runtime at ${packPath}. Run \`npm run setup\` first.`);
  }
  return createTensorFlowRuntime('tensorflow-cpu', packPath);
}

export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly params?: Record<string, unknown>;
  readonly frozen?: boolean;
  /** `port: 'node.port'`, several for a port that takes several. */
  readonly inputs?: Record<string, string | readonly string[]>;
}

/** A document out of a short list of nodes. */
export function documentOf(steps: readonly Step[], training: Record<string, unknown> = {}): GraphDocument {
  return graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'test',
    nodes: steps.map(({ id, kind, params = {}, frozen = false }) => ({
      id,
      kind,
      params,
      frozen,
      position: { x: 0, y: 0 },
    })),
    edges: steps.flatMap(({ id, inputs = {} }) =>
      Object.entries(inputs).flatMap(([port, sources]) =>
        [sources].flat().map((source) => {
          const [node, output] = source.split('.');
          return { from: { node, port: output }, to: { node: id, port } };
        }),
      ),
    ),
    training,
  });
}

/** A plan out of a short list of nodes. */
export function planOf(steps: readonly Step[], training: Record<string, unknown> = {}): Plan {
  const plan = createPlan(documentOf(steps, training));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error, null, 2));
  return plan.value;
}

/** A chain of layers from MNIST's images to a loss with accuracy and an optimiser. */
export function chainPlan(layers: readonly Omit<Step, 'inputs'>[], optimizer: Omit<Step, 'inputs'>): Plan {
  const steps: Step[] = [{ id: 'data', kind: 'mnist' }];
  let source = 'data.image';
  for (const layer of layers) {
    steps.push({ ...layer, inputs: { x: source } });
    source = `${layer.id}.y`;
  }
  return planOf([
    ...steps,
    { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits: source, labels: 'data.label' } },
    { id: 'accuracy', kind: 'accuracy', inputs: { prediction: source, labels: 'data.label' } },
    { ...optimizer, inputs: { loss: 'loss.loss' } },
  ]);
}

export const adam = { id: 'adam', kind: 'adam', params: { learningRate: 0.001 } };

export const mlpPlan = (optimizer: Omit<Step, 'inputs'> = adam): Plan =>
  chainPlan(
    [
      { id: 'flatten', kind: 'flatten' },
      { id: 'hidden1', kind: 'dense', params: { units: 256, activation: 'relu' } },
      { id: 'hidden2', kind: 'dense', params: { units: 128, activation: 'relu' } },
      { id: 'output', kind: 'dense', params: { units: 10 } },
    ],
    optimizer,
  );

export const cnnPlan = (optimizer: Omit<Step, 'inputs'> = adam): Plan =>
  chainPlan(
    [
      { id: 'conv1', kind: 'conv2d', params: { filters: 32, padding: 'valid', activation: 'relu' } },
      { id: 'pool1', kind: 'max-pool2d' },
      { id: 'conv2', kind: 'conv2d', params: { filters: 64, padding: 'valid', activation: 'relu' } },
      { id: 'pool2', kind: 'max-pool2d' },
      { id: 'flatten', kind: 'flatten' },
      { id: 'hidden', kind: 'dense', params: { units: 128, activation: 'relu' } },
      { id: 'output', kind: 'dense', params: { units: 10 } },
    ],
    optimizer,
  );

/** Numbers that look like MNIST's: the same for the same seed. */
export function imageBatch(size: number, seed = 1): Batch {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const images = Float32Array.from({ length: size * 784 }, random);
  const labels = Int32Array.from({ length: size }, () => Math.floor(random() * 10));
  return {
    size,
    values: {
      'data.image': { shape: [size, 28, 28, 1], dtype: 'float32', data: images },
      'data.label': { shape: [size], dtype: 'int32', data: labels },
    },
  };
}

export function startSession(runtime: Runtime, plan: Plan, seed = 1): Promise<Session> {
  return runtime.createSession(plan, { seed, initialWeights: initializeWeights(plan, seed) });
}

/** The learning rate of every optimiser, at what its node says. */
export const ratesOf = (plan: Plan): Record<string, number> =>
  Object.fromEntries(plan.optimizers.map(({ path, params }) => [path, Number(params.learningRate)]));
