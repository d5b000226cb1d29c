import { freemem } from 'node:os';
import { forecastMemory, smallerBatch } from '#shared/compile/memoryForecast.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { EngineFailure } from '#shared/protocol/run.ts';
import { engineFailure } from './engineFailure.ts';

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);

/** Bytes that this process can still get: a container's limit counts where there is one. */
function freeMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  const free = freemem();
  // Without a limit Node tells 0 or a number beyond any memory.
  return limit > 0 && limit < 2 ** 50 ? Math.min(free, limit) : free;
}

/**
 * Why a plan cannot be trained in the memory that is free, before anything is computed: null where it
 * may fit. Only what is surely held at one time counts, so that nothing is refused that would have run.
 */
export function forecastFailure(plan: Plan, available = freeMemory()): EngineFailure | null {
  const forecast = forecastMemory(plan);
  if (forecast.atLeast <= available) return null;
  const { largest, batchSize } = forecast;
  return {
    ...engineFailure('out-of-memory', 'memory-forecast', {
      needed: megabytes(forecast.atLeast),
      free: megabytes(available),
      node: largest?.node.nodeId ?? 'none',
      megabytes: megabytes((largest?.bytesPerSample ?? 0) * batchSize),
      batch: batchSize,
      smallerBatch: smallerBatch(forecast, available),
    }),
    ...(largest && { nodeId: largest.node.nodeId }),
  };
}

/**
 * A failure for want of memory with the node whose outputs are the largest and a batch that should
 * fit; any other failure as it is. `available` null: not known, as where the process is gone.
 */
export function explainOutOfMemory(
  failure: EngineFailure,
  plan: Plan,
  available: number | null = null,
): EngineFailure {
  if (failure.reason !== 'out-of-memory' || failure.nodeId !== undefined) return failure;
  const forecast = forecastMemory(plan);
  const { largest, batchSize } = forecast;
  if (!largest) return failure;
  const { resumableFromStep } = failure;
  return {
    ...engineFailure('out-of-memory', 'out-of-memory-at', {
      why: failure.message,
      // What the reason is fed with goes along, for windows that say it in another language.
      ...(failure.code !== undefined && { ...failure.data, whyCode: failure.code }),
      node: largest.node.nodeId,
      megabytes: megabytes(largest.bytesPerSample * batchSize),
      batch: batchSize,
      smallerBatch: smallerBatch(forecast, available),
    }),
    nodeId: largest.node.nodeId,
    ...(resumableFromStep !== undefined && { resumableFromStep }),
  };
}
