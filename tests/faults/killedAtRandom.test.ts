import { expect, it } from 'vitest';
import { killAtRandomMoments } from './killedAtRandom.ts';

it('an engine killed at ten random moments leaves everything readable, and loses nothing that was saved', async () => {
  const seen = await killAtRandomMoments(10, 1);
  expect(seen.checkpoints).toBeGreaterThan(0);
  expect(seen.exports).toBeGreaterThan(0);
}, 300_000);
