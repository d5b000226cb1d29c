import type { Batch, BatchValue } from '#main/engine/runtime.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { BlockDefinition } from '#shared/graph/document.ts';
import type { TensorType } from '#shared/types/portType.ts';
import { documentOf, type Step } from '../../engine/traceSupport.ts';

/** A training step that is measured; `id` is its name in the peers' scripts, which have the same sizes. */
export interface Workload {
  readonly id: string;
  readonly name: string;
  readonly plan: () => Plan;
  readonly batch: Batch;
}

export interface Source {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Integers below this, or floats in [0, 1). */
  readonly below?: number;
  /** The first axis is no batch. */
  readonly fixed?: boolean;
}

export const BATCH = 64;
export const adam = { learningRate: 0.001 };

function values({ shape, dtype, below }: Source, random: () => number): BatchValue {
  const length = shape.reduce((product, dim) => product * dim, 1);
  return dtype === 'int32'
    ? { shape, dtype, data: Int32Array.from({ length }, () => Math.floor(random() * (below ?? 2))) }
    : { shape, dtype, data: Float32Array.from({ length }, random) };
}

interface Parts {
  /** What the ports of the data node `data` carry: those of MNIST, unless another kind is given. */
  readonly sources: Readonly<Record<string, Source>>;
  readonly dataset?: string;
  readonly steps: readonly Step[];
  readonly blocks?: readonly BlockDefinition[];
}

export function workload(id: string, name: string, { sources, dataset, steps, blocks }: Parts): Workload {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const type = ({ shape, dtype, fixed }: Source): TensorType => ({
    type: 'tensor',
    dtype,
    shape: fixed ? shape : ['B', ...shape.slice(1)],
  });
  const ports = Object.entries(sources);
  const facts = {
    outputs: Object.fromEntries(ports.map(([port, source]) => [port, type(source)])),
    splits: { train: 1024, validation: 0, test: 0 },
  };
  return {
    id,
    name,
    plan: () => {
      const document = documentOf([{ id: 'data', kind: dataset ?? 'mnist' }, ...steps]);
      const plan = createPlan({ ...document, ...(blocks && { blocks: [...blocks] }) }, { data: facts });
      if (!plan.ok) throw new Error(`${id}: ${JSON.stringify(plan.error, null, 2)}`);
      return plan.value;
    },
    batch: {
      size: ports[0]?.[1].shape[0] ?? 1,
      values: Object.fromEntries(ports.map(([port, source]) => [`data.${port}`, values(source, random)])),
    },
  };
}

/** A chain of layers, each fed by the one before. */
export function chain(
  layers: readonly Omit<Step, 'inputs'>[],
  from = 'data.image',
): { steps: Step[]; end: string } {
  const steps: Step[] = [];
  let end = from;
  for (const layer of layers) {
    steps.push({ ...layer, inputs: { x: end } });
    end = `${layer.id}.y`;
  }
  return { steps, end };
}

export const classify = (logits: string, labels = 'data.label'): Step[] => [
  { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits, labels } },
  { id: 'adam', kind: 'adam', params: adam, inputs: { loss: 'loss.loss' } },
];

export const images = (size: number, channels: number, batch = BATCH): Source => ({
  shape: [batch, size, size, channels],
  dtype: 'float32',
});
export const classes = (count: number, shape: readonly number[] = [BATCH]): Source => ({
  shape,
  dtype: 'int32',
  below: count,
});
