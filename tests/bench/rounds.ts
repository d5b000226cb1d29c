/** One way to compute a training step, measured in turns with the others. */
export interface Contender {
  readonly name: string;
  /** Milliseconds a step, or why it cannot run the workload. */
  run(steps: number): Promise<number | string>;
}

export interface RoundsResult {
  /** Milliseconds a step, of the fastest round. */
  readonly ms: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, string>>;
}

export interface RoundsOptions {
  readonly rounds: number;
  /** Milliseconds that one round of one contender should last. */
  readonly roundLength: number;
}

/** A step this slow (milliseconds) is not measured again and again. */
const SLOW = 2000;

/**
 * All contenders in turns: what disturbs one disturbs the others. Of each the fastest round counts,
 * for what else goes on on a machine only ever adds time.
 */
export async function bestOfRounds(
  contenders: readonly Contender[],
  { rounds, roundLength }: RoundsOptions,
): Promise<RoundsResult> {
  const failed: Record<string, string> = {};
  const steps: Record<string, number> = {};
  const best: Record<string, number> = {};
  for (const { name, run } of contenders) {
    const first = await run(1);
    const ms = typeof first === 'number' && first > SLOW ? first : await run(2);
    if (typeof ms === 'string') failed[name] = ms;
    else if (ms > SLOW) best[name] = ms;
    else steps[name] = Math.min(200, Math.max(1, Math.round(roundLength / ms)));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of contenders) {
      const count = steps[name];
      if (count === undefined) continue;
      const ms = await run(count);
      if (typeof ms === 'number') best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, ms);
    }
  }
  return { ms: best, failed };
}
