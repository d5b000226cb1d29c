import type { Plan } from '#shared/compile/plan.ts';
import type { PlanData } from '../data/planData.ts';
import { TrainingOrder } from '../data/trainingOrder.ts';
import type { PassValue, Session, SessionState, StateTensor } from '../runtime.ts';
import { variableSpecs } from '../trace/variables.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { LearningRates } from './learningRates.ts';

export interface Culprit {
  /** `weight`: the update itself made it infinite, out of a finite gradient. */
  readonly what: PassValue['what'] | 'weight';
  readonly path: string;
  readonly name: string;
  /** The step in which it happened, from 1. */
  readonly step: number;
}

export interface LocateOptions {
  readonly plan: Plan;
  readonly session: Session;
  readonly data: PlanData;
  /** The newest checkpoint of the run; null where there is none. */
  readonly checkpoint: Checkpoint | null;
  /** What the weights were before the first step, where no checkpoint has come since. */
  firstWeights(): Promise<ReadonlyMap<string, Float32Array>>;
  /** Rates as they were from the checkpoint on. */
  readonly rates: LearningRates;
  /** The step that showed it, from 1. */
  readonly step: number;
  /** Asked between steps: true gives up. */
  interrupted(): boolean;
}

/**
 * The first value that was not finite. Trains once more from the last checkpoint, which gives the
 * same steps again, and looks at the values of the last two: what spoils the weights in one step
 * mostly shows in the loss of the next. Where they were spoilt before (a rectifier may hide it), it
 * goes through all steps. Null where everything was finite this time, or it was interrupted.
 */
export async function locateNonFinite(options: LocateOptions): Promise<Culprit | null> {
  const found = await replay(options, options.step - 2);
  return found === 'earlier' ? unlessEarlier(await replay(options, 0)) : found;
}

const unlessEarlier = (found: Culprit | 'earlier' | null): Culprit | null =>
  found === 'earlier' ? null : found;

/** `earlier`: the weights were bad already after the first `from` steps. */
async function replay(options: LocateOptions, from: number): Promise<Culprit | 'earlier' | null> {
  const { plan, session, data, checkpoint, firstWeights, rates, step, interrupted } = options;
  const { seed, batchSize } = plan.training;
  const state = checkpoint?.session ?? initialState(plan, await firstWeights());
  await session.writeState(state);
  const order = new TrainingOrder({
    data,
    batchSize,
    seed,
    form: session.takesCompact ? 'compact' : 'values',
    ...(checkpoint && { cursor: checkpoint.trainer.cursor }),
  });
  for (let done = state.step; done < step; done += 1) {
    if (interrupted()) return null;
    if (order.epochDone) order.nextEpoch();
    const batch = await order.take();
    if (done >= from) {
      const [first] = await session.findNonFinite(batch);
      if (first) return { ...first, step: done + 1 };
    }
    await session.trainStep(batch, rates.replay(done));
    order.advance(batch.size);
    if (done < from - 1) continue;
    const weight = firstSpoilt(await session.readState());
    if (weight) return done < from ? 'earlier' : { ...weight, step: done + 1 };
  }
  return null;
}

export const isFiniteState = (state: SessionState): boolean => firstSpoilt(state) === undefined;

function firstSpoilt({ tensors }: SessionState): Pick<Culprit, 'what' | 'path' | 'name'> | undefined {
  for (const [key, { data }] of tensors) {
    if (data.every(Number.isFinite)) continue;
    // A slot is named by its weight: `<path>/<weight>@<optimiser path>/<slot>`.
    const [weight = key] = key.split('@');
    const end = weight.lastIndexOf('/');
    return { what: 'weight', path: weight.slice(0, end), name: weight.slice(end + 1) };
  }
  return undefined;
}

/** A session's state before its first step. */
function initialState(plan: Plan, weights: ReadonlyMap<string, Float32Array>): SessionState {
  const tensors = variableSpecs(plan).map(({ key, shape, role, startsAs }): [string, StateTensor] => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const data = Float32Array.from(weights.get(startsAs ?? key) ?? new Float32Array(size));
    return [key, { shape: [...shape], data, role }];
  });
  return { step: 0, tensors: new Map(tensors) };
}
