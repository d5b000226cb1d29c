import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readRunData } from '#main/services/data/runData.ts';
import { engineFailure } from '#main/services/engineFailure.ts';
import { readRunRecord, runFolder } from '#main/services/runFolder.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { factsOf } from '#shared/protocol/data.ts';
import type { ExecutionOptions } from '#shared/protocol/run.ts';
import { compileDocument } from '../compileDocument.ts';
import { openPlanData, type PlanData } from '../data/planData.ts';
import { EngineError } from '../failures.ts';
import type { Runtime } from '../runtime.ts';
import { readNewestCheckpoint } from '../train/checkpoints.ts';
import { initializeWeights } from '../train/initialize.ts';
import { type OpenModel, restore } from '../train/liveRun.ts';
import { SessionLock } from '../train/sessionLock.ts';

/** The step whose weights are a run's result: the best one where early stopping put it back. */
const resultStepSchema = z.looseObject({ resultStep: z.int().optional() });

/** Loads a run's network from its folder: the checkpoint it ended with, else the newest that verifies. */
export async function reopenRun(runtime: Runtime, runId: string, runDir: string): Promise<OpenModel> {
  let text: string;
  let preferredStep: number | null = null;
  let execution: ExecutionOptions | undefined;
  try {
    text = await readFile(runFolder.graph(runDir), 'utf8');
    const record = await readRunRecord(runDir);
    preferredStep = resultStepSchema.parse(record).resultStep ?? null;
    execution = record.execution?.options;
  } catch (error) {
    throw new EngineError(engineFailure('storage', 'run-unreadable', { path: runDir }), { cause: error });
  }
  const document = parseDocument(text);
  if (!document.ok) {
    throw new EngineError({
      ...engineFailure('storage', 'run-graph-damaged', { path: runFolder.graph(runDir) }),
      problems: document.error,
    });
  }
  const looked = await readRunData(runDir);
  const plan = compileDocument(document.value, factsOf(looked));
  const checkpoint = await readNewestCheckpoint(runFolder.checkpoints(runDir), { preferredStep });
  if (!checkpoint) {
    throw new EngineError(engineFailure('storage', 'no-checkpoint'));
  }
  const { seed } = plan.training;
  const session = await runtime.createSession(plan, {
    seed,
    initialWeights: initializeWeights(plan, seed),
    ...(execution && { execution }),
  });
  await restore(session, checkpoint, plan);
  let data: Promise<PlanData> | undefined;
  const openData = (): Promise<PlanData> => {
    data ??= openPlanData(plan, looked);
    // What could not be read may be put back in its place.
    data.catch(() => {
      data = undefined;
    });
    return data;
  };
  return { runId, plan, openData, session, lock: new SessionLock() };
}
