import { z } from 'zod';
import { isoDateCharacters, spelledDateCharacters } from '#shared/nodes/vocabularies.ts';
import type { DataLoader } from './dataSource.ts';
import { createRandom, type Random } from './random.ts';
import { knownFacts, realNumbers, splitTable, wholeNumbers } from './splitTable.ts';

const paramsSchema = z.looseObject({ samples: z.int(), seed: z.int() });
const SOURCE_LENGTH = 28;
const TARGET_LENGTH = 10;

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

const two = (value: number): string => String(value).padStart(2, '0');
const name = (month: number): string => months[month - 1] ?? '';
const short = (month: number): string => name(month).slice(0, 3);
const ordinal = (day: number): string => {
  const teen = day >= 11 && day <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
};

/** Numbers alone are written day first with dots and month first with slashes, so that none has two meanings. */
const spellings: readonly ((date: Parts) => string)[] = [
  ({ year, month, day }) => `${name(month)} ${day}, ${year}`,
  ({ year, month, day }) => `${name(month)} ${ordinal(day)}, ${year}`,
  ({ year, month, day }) => `${short(month)} ${day} ${year}`,
  ({ year, month, day }) => `${short(month)} ${ordinal(day)} ${year}`,
  ({ year, month, day }) => `${day} ${name(month)} ${year}`,
  ({ year, month, day }) => `${ordinal(day)} ${name(month)} ${year}`,
  ({ year, month, day }) => `${ordinal(day)} of ${name(month)} ${year}`,
  ({ year, month, day }) => `${day} ${short(month)} ${year}`,
  ({ year, month, day, weekday }) => `${weekdays[weekday]?.slice(0, 3)} ${day} ${name(month)} ${year}`,
  ({ year, month, day, weekday }) => `${weekdays[weekday]?.slice(0, 3)}, ${short(month)} ${day}, ${year}`,
  ({ year, month, day }) => `${day}.${month}.${year}`,
  ({ year, month, day }) => `${two(day)}.${two(month)}.${year}`,
  ({ year, month, day }) => `${month}/${day}/${year}`,
  ({ year, month, day }) => `${two(month)}/${two(day)}/${year}`,
  ({ year, month, day }) => `${year}/${two(month)}/${two(day)}`,
  ({ year, month, day }) => `${day}-${short(month)}-${year}`,
];

function spell(date: Date, random: Random): string {
  const parts = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
  return spellings[random.below(spellings.length)]?.(parts) ?? '';
}

const FIRST = Date.UTC(1900, 0, 1) / 86_400_000;
const DAYS = Date.UTC(2100, 0, 1) / 86_400_000 - FIRST;

/** Dates drawn from the seed; the split of a day follows from its number, so that no date is in two. */
export const dateSpellingsLoader: DataLoader = {
  async open(params, given) {
    const { samples, seed } = paramsSchema.parse(params);
    const facts = knownFacts('date-spellings', params, given);
    const { validation, test } = facts.splits;
    const rows = samples + validation + test;
    const random = createRandom(seed, 'date-spellings');
    const source = new Uint8Array(rows * SOURCE_LENGTH);
    const mask = new Float32Array(rows * SOURCE_LENGTH);
    const givenSoFar = new Uint8Array(rows * TARGET_LENGTH);
    const target = new Uint8Array(rows * TARGET_LENGTH);
    for (let row = 0; row < rows; row += 1) {
      const residue = row < samples ? undefined : row < samples + validation ? 0 : 1;
      let day = random.below(DAYS);
      // Of ten days in a row the first is kept for validation, the second for the test.
      while (residue === undefined ? day % 10 < 2 : day % 10 !== residue) day = random.below(DAYS);
      const date = new Date((FIRST + day) * 86_400_000);
      for (const [at, character] of [...spell(date, random)].entries()) {
        source[row * SOURCE_LENGTH + at] = spelledDateCharacters.indexOf(character);
        mask[row * SOURCE_LENGTH + at] = 1;
      }
      for (const [at, character] of [...date.toISOString().slice(0, TARGET_LENGTH)].entries()) {
        const code = isoDateCharacters.indexOf(character);
        target[row * TARGET_LENGTH + at] = code;
        if (at + 1 < TARGET_LENGTH) givenSoFar[row * TARGET_LENGTH + at + 1] = code;
      }
    }
    return splitTable(facts, true, {
      source: wholeNumbers([SOURCE_LENGTH], source),
      mask: realNumbers([SOURCE_LENGTH], mask),
      given: wholeNumbers([TARGET_LENGTH], givenSoFar),
      target: wholeNumbers([TARGET_LENGTH], target),
    });
  },
};
