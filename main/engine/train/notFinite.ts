import { engineFailure } from '#main/services/engineFailure.ts';
import { runFolder } from '#main/services/runFolder.ts';
import { outerNodeId } from '#shared/compile/expandBlocks.ts';
import { EngineError } from '../failures.ts';
import { readNewestCheckpoint } from './checkpoints.ts';
import { type LocateOptions, locateNonFinite } from './locateNonFinite.ts';
import type { SessionLock } from './sessionLock.ts';

/** Longest time to look for the first bad value, ms. */
const LONGEST_SEARCH = 120_000;

/** What ends a run whose loss or weights are no numbers: with the place of the first bad value, if that can be found. */
export async function notFinite({
  loss,
  epoch,
  runDir,
  lock,
  ...options
}: Omit<LocateOptions, 'checkpoint'> & {
  readonly loss: string;
  /** From 1. */
  readonly epoch: number;
  readonly runDir: string;
  readonly lock: SessionLock;
}): Promise<EngineError> {
  const checkpoint = await readNewestCheckpoint(runFolder.checkpoints(runDir));
  const deadline = performance.now() + LONGEST_SEARCH;
  const interrupted = () => options.interrupted() || performance.now() > deadline;
  const culprit = await lock.run(() => locateNonFinite({ ...options, checkpoint, interrupted }));
  return new EngineError({
    ...engineFailure('not-finite', 'loss-not-finite', {
      loss,
      epoch,
      step: culprit?.step ?? options.step,
      what: culprit?.what ?? 'unknown',
      node: culprit?.path ?? '',
      name: culprit?.name ?? '',
    }),
    ...(culprit && { nodeId: outerNodeId(culprit.path) }),
  });
}
