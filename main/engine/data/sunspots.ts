import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { engineFailure } from '#main/services/engineFailure.ts';
import { EngineError } from '../failures.ts';
import { findDataFile } from './dataFile.ts';
import type { DataLoader } from './dataSource.ts';
import { knownFacts, realNumbers, splitTable } from './splitTable.ts';

const paramsSchema = z.looseObject({ context: z.int(), horizon: z.int(), shuffle: z.boolean() });
/** A file with a line for each year: its number, then twelve monthly means. */
const YEARS = 260;
const QUARTERS = 4 * YEARS;
const QUARTERS_BEFORE_TEST = 836;
const QUARTERS_OF_TRAINING = 740;
/** Numbers come in hundreds, so that they are near 1. */
const UNIT = 100;

/** Monthly means of the sunspot number, averaged by quarter, in windows of past and future. */
export const sunspotsLoader: DataLoader = {
  async open(params, given) {
    const { context, horizon, shuffle } = paramsSchema.parse(params);
    const path = findDataFile({ packaged: 'sunspots.csv' });
    const text = await readFile(path, 'utf8');
    const years = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(1).map(Number));
    const usable =
      years.length === YEARS &&
      years.every((months) => months.length === 12 && months.every((value) => value >= 0));
    if (!usable) {
      throw new EngineError(
        engineFailure('data-unavailable', 'data-file-unusable', { path, why: 'changed' }),
      );
    }
    const months = years.flat();
    const quarters = Float32Array.from({ length: QUARTERS }, (_, at) => {
      const [a = 0, b = 0, c = 0] = months.slice(3 * at, 3 * at + 3);
      return (a + b + c) / 3 / UNIT;
    });
    const facts = knownFacts('sunspots', params, given);
    /** First quarters of the forecasts of each part. */
    const starts = [
      ...range(context, facts.splits.train),
      ...range(QUARTERS_OF_TRAINING, facts.splits.validation),
      ...range(QUARTERS_BEFORE_TEST, facts.splits.test),
    ];
    const past = new Float32Array(starts.length * context);
    const future = new Float32Array(starts.length * horizon);
    for (const [row, start] of starts.entries()) {
      past.set(quarters.subarray(start - context, start), row * context);
      future.set(quarters.subarray(start, start + horizon), row * horizon);
    }
    return splitTable(facts, shuffle, {
      past: realNumbers([context, 1], past),
      future: realNumbers([horizon], future),
    });
  },
};

const range = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => first + at);
