import { expect, it } from 'vitest';
import { compileOften, stepOften } from './leakSupport.ts';

// A library warms up: its allocator and caches grow at first. The long form of these runs twenty times as many.

it('500 steps of changing batches hold no memory', async () => {
  expect(await stepOften(500)).toBeLessThan(60);
});

it('12 sessions, made, trained and closed, leave nothing', async () => {
  expect(await compileOften(12)).toBeLessThan(60);
});
