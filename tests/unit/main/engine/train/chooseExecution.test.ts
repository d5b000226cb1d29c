import { expect, it } from 'vitest';
import type { Session, SessionState } from '#main/engine/runtime.ts';
import { chooseExecution } from '#main/engine/train/chooseExecution.ts';
import type { ExecutionOptions } from '#shared/protocol/run.ts';

const options = (name: 'own' | 'plain' | 'pool' | 'xla'): ExecutionOptions => ({
  xla: name === 'xla',
  grappler: name !== 'plain',
  callerThread: name !== 'pool',
});
const [own, plain, pool, xla] = [options('own'), options('plain'), options('pool'), options('xla')];

interface Machine {
  /** Milliseconds by way of running; a way that is not here fails. */
  readonly stepMs: ReadonlyMap<ExecutionOptions, number>;
  readonly compileMs?: number;
  readonly steps?: number;
}

/** Sessions whose steps take what the table says on a clock that only they move. */
async function choose({ stepMs, compileMs = 50, steps = 100_000 }: Machine) {
  let clock = 0;
  const alive = new Set<Session>();
  const made: ExecutionOptions[] = [];
  const create = async (execution: ExecutionOptions): Promise<Session> => {
    const ms = stepMs.get(execution);
    if (ms === undefined) throw new Error('out of memory');
    made.push(execution);
    let step = 0;
    const session = {
      trainStep: async () => {
        clock += step === 0 ? compileMs * (execution.xla ? 10 : 1) : ms;
        step += 1;
      },
      readState: async () => ({ step, tensors: new Map() }),
      writeState: async (state: SessionState) => {
        step = state.step;
      },
      dispose: () => alive.delete(session as unknown as Session),
    };
    alive.add(session as unknown as Session);
    return session as unknown as Session;
  };
  const { session, execution } = await chooseExecution({
    candidates: [own, plain, pool, xla],
    steps,
    create,
    step: (one) => one.trainStep({ size: 1, values: {} }, {}),
    now: () => clock,
  });
  expect([...alive]).toEqual([session]);
  expect((await session.readState()).step).toBe(0);
  return { execution, made, ms: clock };
}

it('takes what is fastest, and its session is where it was', async () => {
  const { execution, ms } = await choose({
    stepMs: new Map([
      [own, 2],
      [plain, 1.5],
      [pool, 1.8],
      [xla, 9],
    ]),
  });
  expect(execution.options).toEqual(plain);
  expect(execution.chosen).toBe('measured');
  expect(execution.tried?.map(({ ratio }) => Number(ratio.toFixed(3)))).toEqual([1, 0.75, 0.9, 4.5]);
  expect(ms).toBeLessThan(2000);
});

it('stays with its own choice for a gain that may be chance', async () => {
  const { execution } = await choose({
    stepMs: new Map([
      [own, 2],
      [plain, 1.95],
      [pool, 2],
      [xla, 2],
    ]),
  });
  expect(execution).toMatchObject({ options: own, chosen: 'measured' });
});

it('tries nothing in a short run', async () => {
  const all = new Map([own, plain, pool, xla].map((one) => [one, 2] as const));
  const few = await choose({ stepMs: all, steps: 499 });
  expect(few).toMatchObject({ made: [own], ms: 0, execution: { chosen: 'default' } });
  const short = await choose({ stepMs: all, steps: 14_000 });
  expect(short).toMatchObject({ made: [own], execution: { options: own, chosen: 'default' } });
});

it('tries XLA only in a run that is long enough to pay for its compiler', async () => {
  const all = new Map([own, plain, pool, xla].map((one) => [one, 2] as const));
  expect((await choose({ stepMs: all, steps: 50_000 })).made).toEqual([own, plain, pool]);
  const long = await choose({ stepMs: all, steps: 1_000_000 });
  expect(long.made).toEqual([own, plain, pool, xla]);
  expect(long.ms).toBeLessThan(10_000);
});

it('does without a way that fails', async () => {
  const { execution } = await choose({
    stepMs: new Map([
      [own, 2],
      [pool, 1],
    ]),
  });
  expect(execution.options).toEqual(pool);
});
