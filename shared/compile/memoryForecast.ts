import { findNodeDefinition } from '../nodes/registry.ts';
import { leastNumbers } from '../types/shape.ts';
import type { Plan, PlanNode } from './plan.ts';

/** What training a plan takes, in bytes of float32. */
export interface MemoryForecast {
  readonly batchSize: number;
  /** Weights, their gradients and the optimisers' slots; the same for every batch size. */
  readonly weights: number;
  /** Outputs of all nodes that a backward pass reads, for one sample. */
  readonly activationsPerSample: number;
  /** The node with the largest outputs; null where no node has any. */
  readonly largest: { readonly node: PlanNode; readonly bytesPerSample: number } | null;
  /** What is surely held at one time: weights and slots, and the outputs of the largest node. */
  readonly atLeast: number;
  /** What is to be expected: everything that a backward pass reads, and the gradient of the largest. */
  readonly expected: number;
}

/** Forecast of a training step with `batchSize` samples; sizes known only from the data count as one. */
export function forecastMemory(plan: Plan, batchSize = plan.training.batchSize): MemoryForecast {
  let numbers = 0;
  let trained = 0;
  let activationsPerSample = 0;
  let largest: MemoryForecast['largest'] = null;
  for (const node of plan.nodes) {
    for (const { shape, trainable } of node.weightsPath === node.path ? Object.values(node.weights) : []) {
      const size = shape.reduce((product, dim) => product * dim, 1);
      numbers += size;
      if (trainable && node.frozen !== true) trained += size;
    }
    const role = findNodeDefinition(node.kind)?.role;
    if (role !== 'layer' && role !== 'loss') continue;
    const bytesPerSample = outputBytes(node);
    activationsPerSample += bytesPerSample;
    if (bytesPerSample > (largest?.bytesPerSample ?? 0)) largest = { node, bytesPerSample };
  }
  const slots = plan.optimizers.reduce((sum, { kind, params }) => {
    const definition = findNodeDefinition(kind);
    return sum + (definition?.role === 'optimizer' ? definition.slots(params).length : 0);
  }, 0);
  const largestBytes = (largest?.bytesPerSample ?? 0) * batchSize;
  const kept = 4 * (numbers + slots * trained);
  return {
    batchSize,
    weights: kept + 4 * trained,
    activationsPerSample,
    largest,
    atLeast: kept + largestBytes,
    expected: kept + 4 * trained + activationsPerSample * batchSize + largestBytes,
  };
}

/** Bytes of a node's outputs for one sample: the first dimension of a batch counts as one. */
function outputBytes({ outputTypes }: PlanNode): number {
  return Object.values(outputTypes).reduce(
    (sum, type) => sum + (type.type === 'tensor' ? 4 * leastNumbers(type.shape) : 0),
    0,
  );
}

/** Share of the memory that a batch may be expected to take: the rest is for everything else. */
const SHARE = 0.7;

/**
 * The largest power of two below the present batch size whose step is expected to fit into `available`
 * bytes (half of the batch where that is not known); 0 where not even one sample is.
 */
export function smallerBatch(forecast: MemoryForecast, available: number | null): number {
  const { batchSize, weights, activationsPerSample, largest } = forecast;
  const perSample = activationsPerSample + (largest?.bytesPerSample ?? 0);
  const fitting =
    available === null || perSample === 0
      ? batchSize / 2
      : Math.min(batchSize / 2, (SHARE * available - weights) / perSample);
  return fitting < 1 ? 0 : 2 ** Math.floor(Math.log2(fitting));
}
