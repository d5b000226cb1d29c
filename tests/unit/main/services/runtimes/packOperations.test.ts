import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packOperations } from '#main/services/runtimes/packOperations.ts';

it('every operation that the addon defines is asked of a pack', () => {
  const folder = 'main/engine/addon/kernels';
  const sources = readdirSync(folder).filter((name) => name.endsWith('.cc'));
  const defined = sources.flatMap((name) =>
    Array.from(readFileSync(join(folder, name), 'utf8').matchAll(/"(Neuroloom\w+)"/g), ([, type]) => type),
  );
  expect([...new Set(defined)].sort()).toEqual([...packOperations].sort());
  expect(packOperations.length).toBeGreaterThan(20);
});
