/** What an optimiser does in a step: nothing, only add up its gradients, or update its weights. */
export interface OptimizerTurn {
  readonly kind: 'none' | 'accumulate' | 'update';
  /** Number of the update that its gradients go into, from 1. */
  readonly update: number;
}

/** When an optimiser has its turns. */
export interface TurnSettings {
  readonly every: number;
  readonly accumulate: number;
  /** Steps before its part of the training. */
  readonly after: number;
  /** Steps after which its part has ended; 0 for that of the training. */
  readonly until: number;
}

/**
 * In its part of the training, takes a turn in every `every`-th step and updates in every `accumulate`-th
 * turn: a function of the steps done alone, so that a resumed run goes on as it would have.
 */
export function turnAt(stepsDone: number, { every, accumulate, after, until }: TurnSettings): OptimizerTurn {
  const own = stepsDone + 1 - after;
  const turn = Math.max(0, Math.floor(own / every));
  const update = Math.max(1, Math.ceil(turn / accumulate));
  const ended = until > 0 && stepsDone >= until;
  if (own < 1 || ended || own % every !== 0) return { kind: 'none', update };
  return { kind: turn % accumulate === 0 ? 'update' : 'accumulate', update };
}
