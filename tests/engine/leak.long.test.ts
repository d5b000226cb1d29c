import { expect, it } from 'vitest';
import { compileOften, stepOften } from './leakSupport.ts';

it('10,000 steps of changing batches hold no memory', async () => {
  expect(await stepOften(10_000)).toBeLessThan(60);
});

it('200 sessions, made, trained and closed, leave nothing', async () => {
  expect(await compileOften(200)).toBeLessThan(100);
});
