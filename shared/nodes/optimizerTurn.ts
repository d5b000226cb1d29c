/** What an optimiser does in a step: nothing, only add up its gradients, or update its weights. */
export interface OptimizerTurn {
  readonly kind: 'none' | 'accumulate' | 'update';
  /** Number of the update that its gradients go into, from 1. */
  readonly update: number;
}

/**
 * Takes a turn in every `every`-th step and updates in every `accumulate`-th turn: a function of
 * the steps done alone, so that a resumed run goes on as it would have.
 */
export function turnAt(
  stepsDone: number,
  { every, accumulate }: { readonly every: number; readonly accumulate: number },
): OptimizerTurn {
  const turn = Math.floor((stepsDone + 1) / every);
  const update = Math.max(1, Math.ceil(turn / accumulate));
  if ((stepsDone + 1) % every !== 0) return { kind: 'none', update };
  return { kind: turn % accumulate === 0 ? 'update' : 'accumulate', update };
}
