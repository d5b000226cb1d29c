import { z } from 'zod';
import type { DataLoader } from './dataSource.ts';
import { createRandom } from './random.ts';
import { knownFacts, realNumbers, splitTable, wholeNumbers } from './splitTable.ts';

const paramsSchema = z.looseObject({
  points: z.int(),
  turns: z.number(),
  noise: z.number(),
  seed: z.int(),
});

/** Points at a radius and an angle that grow together, the second spiral half a turn on. */
export const twoSpiralsLoader: DataLoader = {
  async open(params, facts) {
    const { points, turns, noise, seed } = paramsSchema.parse(params);
    const random = createRandom(seed, 'two-spirals');
    const coordinates = new Float32Array(2 * points);
    const labels = new Uint8Array(points);
    for (let at = 0; at < points; at += 1) {
      const spiral = random.below(2);
      // The root spreads the points evenly along the curve.
      const along = 0.1 + 0.9 * Math.sqrt(random.uniform());
      const angle = along * turns * 2 * Math.PI + spiral * Math.PI;
      coordinates[2 * at] = along * Math.cos(angle) + noise * random.normal();
      coordinates[2 * at + 1] = along * Math.sin(angle) + noise * random.normal();
      labels[at] = spiral;
    }
    return splitTable(knownFacts('two-spirals', params, facts), true, {
      point: realNumbers([2], coordinates),
      label: wholeNumbers([], labels),
    });
  },
};
