import type { Plan } from '#shared/compile/plan.ts';
import type { Execution, ExecutionOptions } from '#shared/protocol/run.ts';
import type { PlanData } from '../data/planData.ts';
import type { Runtime, Session } from '../runtime.ts';
import { chooseExecution } from './chooseExecution.ts';
import { type ExecutionMemory, executionKey } from './executionMemory.ts';
import { LearningRates } from './learningRates.ts';

export interface OpenSessionOptions {
  readonly runtime: Runtime;
  readonly plan: Plan;
  readonly data: PlanData;
  readonly initialWeights: ReadonlyMap<string, Float32Array>;
  /** Steps to be trained. */
  readonly steps: number;
  /** How a run that is resumed began: it goes on in the same way. */
  readonly recorded: Execution | undefined;
  /** Where it is known what was fastest; nothing is tried without. */
  readonly memory: ExecutionMemory | null;
  interrupted(): boolean;
}

/** A run's session at its first weights, run in the way that is fastest for it. */
export async function openSession(
  options: OpenSessionOptions,
): Promise<{ session: Session; execution: Execution | null }> {
  const { runtime, plan, data, initialWeights, steps, recorded, memory } = options;
  const { seed, batchSize } = plan.training;
  const create = (execution?: ExecutionOptions): Promise<Session> =>
    runtime.createSession(plan, {
      seed,
      initialWeights,
      ...(data.resident && { resident: data.resident }),
      ...(execution && { execution }),
    });
  const [own] = runtime.executions ?? [];
  if (!own || !runtime.executions) return { session: await create(), execution: null };
  if (recorded) return { session: await create(recorded.options), execution: recorded };
  if (!memory) return { session: await create(own), execution: { options: own, chosen: 'default' } };
  const key = executionKey(plan, runtime.info);
  const known = await memory.recall(key);
  if (known) return { session: await create(known), execution: { options: known, chosen: 'remembered' } };

  const size = Math.min(batchSize, data.counts.train);
  const stepsPerEpoch = Math.ceil(data.counts.train / batchSize);
  const totalSteps = plan.training.epochs * stepsPerEpoch;
  const rates = new LearningRates(plan, { stepsPerEpoch, totalSteps }).at(0);
  const chosen = await chooseExecution({
    candidates: runtime.executions,
    steps: size === 0 ? 0 : steps,
    create,
    step: async (session) => {
      const form = session.takesCompact ? 'compact' : 'values';
      const batch = await data.gather({ split: 'train', indices: null, start: 0, size, form });
      return await session.trainStep(batch, rates);
    },
    interrupted: options.interrupted,
  });
  if (chosen.execution.chosen === 'measured') await memory.remember(key, chosen.execution.options);
  return chosen;
}
