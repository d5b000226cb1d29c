import type { Execution, ExecutionOptions } from '#shared/protocol/run.ts';
import type { Session } from '../runtime.ts';

export interface ChooseExecutionOptions {
  /** The runtime's own choice first. */
  readonly candidates: readonly ExecutionOptions[];
  /** Steps that are still to be trained: few are not worth a trial. */
  readonly steps: number;
  /** Makes a session at the run's starting point. */
  create(options: ExecutionOptions): Promise<Session>;
  /** Trains one step; what it changes is put back. */
  step(session: Session): Promise<unknown>;
  interrupted?(): boolean;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

const FEWEST_STEPS = 500;
/** A run shorter than this gains nothing. */
const SHORTEST_RUN_MS = 30_000;
const SHARE_OF_RUN = 0.01;
const [LEAST_BUDGET_MS, LARGEST_BUDGET_MS] = [1000, 10_000];
const ROUNDS = 5;
const ROUND_MS = 15;
/** What a trial must gain: less is within what one run differs from the next. */
const REQUIRED_RATIO = 0.97;
/** Making a session and its first step against the same of the runtime's own choice, measured. */
const COMPILE_FACTOR = 2;
const XLA_COMPILE_FACTOR = 20;

/**
 * The fastest way to run a network, found by trial steps before its training begins. Afterwards
 * the session is where it was, so that a run is the same whether its way was measured or given.
 * Trials are paired, in turns, and take at most a hundredth of the time that the run is expected to
 * take, or a second.
 */
export async function chooseExecution(
  options: ChooseExecutionOptions,
): Promise<{ session: Session; execution: Execution }> {
  const [first] = options.candidates;
  if (!first) throw new Error('there is no way to run the network');
  const startedAt = now(options);
  const session = await options.create(first);
  if (options.steps < FEWEST_STEPS) return { session, execution: own(first) };
  const contest: Contest = { champion: { session, options: first, ratio: 1 }, tried: [] };
  try {
    const initial = await session.readState();
    await options.step(session);
    const compileMs = now(options) - startedAt;
    const stepMs = Math.min(await time(options, session, 2), await time(options, session, 2));
    const expectedMs = options.steps * stepMs;
    if (expectedMs >= SHORTEST_RUN_MS) {
      contest.tried.push({ options: first, msPerStep: stepMs, ratio: 1 });
      const share = Math.max(expectedMs * SHARE_OF_RUN, LEAST_BUDGET_MS);
      await tryOthers(options, contest, { compileMs, stepMs, budgetMs: Math.min(share, LARGEST_BUDGET_MS) });
    }
    const { champion, tried } = contest;
    await champion.session.writeState(initial);
    const execution: Execution =
      tried.length > 1 ? { options: champion.options, chosen: 'measured', tried } : own(first);
    return { session: champion.session, execution };
  } catch (error) {
    contest.champion.session.dispose();
    throw error;
  }
}

interface Contest {
  champion: { session: Session; options: ExecutionOptions; ratio: number };
  readonly tried: { options: ExecutionOptions; msPerStep: number; ratio: number }[];
}

/** Pairs each other way with the best so far and keeps the faster one. */
async function tryOthers(
  options: ChooseExecutionOptions,
  contest: Contest,
  { compileMs, stepMs, budgetMs }: { compileMs: number; stepMs: number; budgetMs: number },
): Promise<void> {
  const from = now(options);
  const count = Math.max(1, Math.round(ROUND_MS / stepMs));
  for (const candidate of options.candidates.slice(1)) {
    const factor = candidate.xla ? XLA_COMPILE_FACTOR : COMPILE_FACTOR;
    const expected = factor * compileMs + 2 * ROUNDS * count * stepMs;
    if (options.interrupted?.() || now(options) - from + expected > budgetMs) continue;
    const session = await trial(() => options.create(candidate), options.step);
    if (!session) continue;
    const { champion } = contest;
    let [best, bestChampion] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < ROUNDS; round += 1) {
      best = Math.min(best, await time(options, session, count));
      bestChampion = Math.min(bestChampion, await time(options, champion.session, count));
    }
    const ratio = (best / bestChampion) * champion.ratio;
    contest.tried.push({ options: candidate, msPerStep: best, ratio });
    if (best / bestChampion < REQUIRED_RATIO) {
      contest.champion = { session, options: candidate, ratio };
      champion.session.dispose();
    } else {
      session.dispose();
    }
  }
}

const now = (options: ChooseExecutionOptions): number => options.now?.() ?? performance.now();

async function time(options: ChooseExecutionOptions, session: Session, count: number): Promise<number> {
  const from = now(options);
  for (let i = 0; i < count; i += 1) await options.step(session);
  return (now(options) - from) / count;
}

const own = (options: ExecutionOptions): Execution => ({ options, chosen: 'default' });

/** A session after its first step; null where this way does not work for this network. */
async function trial(
  create: () => Promise<Session>,
  step: ChooseExecutionOptions['step'],
): Promise<Session | null> {
  let session: Session | null = null;
  try {
    session = await create();
    await step(session);
    await step(session);
    return session;
  } catch {
    session?.dispose();
    return null;
  }
}
