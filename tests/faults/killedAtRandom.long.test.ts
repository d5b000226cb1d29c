import { expect, it } from 'vitest';
import { killAtRandomMoments } from './killedAtRandom.ts';

it('an engine killed at two hundred random moments leaves everything readable, and loses nothing that was saved', async () => {
  const seen = await killAtRandomMoments(200, 2);
  console.info(
    `killed while ${[...seen.states].join(', ')}; ${seen.checkpoints} checkpoints, ${seen.exports} exports`,
  );
  expect(seen.states.size).toBeGreaterThan(2);
  expect(seen.exports).toBeGreaterThan(10);
}, 3_600_000);
