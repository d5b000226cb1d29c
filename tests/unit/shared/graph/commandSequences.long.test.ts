import fc from 'fast-check';
import { describe, it } from 'vitest';
import { sequences } from './commandSequences.ts';

describe('two hundred times five hundred commands', () => {
  it('can be undone and redone exactly; each document between is read as it was written; plans stay', () => {
    fc.assert(sequences({ length: 500, sample: 1 }), { numRuns: 200, endOnFailure: true });
  });
});
