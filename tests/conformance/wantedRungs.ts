/** Rungs to test, of those that there are: fewer are faster while a node is being written. */
export function wantedRungs<Rung extends string>(all: readonly Rung[]): Rung[] {
  return (process.env.NEUROLOOM_RUNGS?.split(',') ?? all).map((name) => {
    const rung = all.find((one) => one === name);
    if (rung === undefined)
      throw new Error(`NEUROLOOM_RUNGS: there is no rung ${name}, only ${all.join(', ')}`);
    return rung;
  });
}

/** Rungs that were asked for by name must be there; else WebGPU is tested only where there is an adapter. */
export const namedRungs = process.env.NEUROLOOM_RUNGS !== undefined;
