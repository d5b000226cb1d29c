import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgotten, sequences } from './commandSequences.ts';

describe('five hundred commands of every kind', () => {
  it('leave out none that there is', () => expect(forgotten).toEqual([]));

  it('can be undone and redone exactly; each document between is read as it was written; plans stay', () => {
    // Looking for a smaller failure takes minutes and leaves five hundred commands.
    fc.assert(sequences({ length: 500, sample: 25 }), { numRuns: 10, seed: 20_261_126, endOnFailure: true });
  }, 600_000);
});
