import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const commandLine = fileURLToPath(new URL('../../dist/cli/neuroloom.cjs', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-templates-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function train(template: string, epochs: number, seed: number): Promise<{ accuracy: number }> {
  const out = join(folder, `${template}-${seed}`);
  const options = ['--epochs', String(epochs), '--seed', String(seed), '--json', '--out', out];
  const { stdout } = await run(process.execPath, [commandLine, 'train', template, ...options], {
    maxBuffer: 256 * 1024 * 1024,
  });
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ event: 'done', split: 'test', metrics: { accuracy: expect.any(Number) } });
  return (last as { metrics: { accuracy: number } }).metrics;
}

describe('a template, trained by the command line on the real images', () => {
  const cases = [
    { template: 'mlp-mnist', epochs: 5, atLeast: 0.978 },
    { template: 'cnn-mnist', epochs: 3, atLeast: 0.99 },
  ].flatMap((template) => [1, 2, 3, 4, 5].map((seed) => ({ ...template, seed })));

  it.each(cases)(
    '$template, $epochs epochs, seed $seed: at least $atLeast of the test images',
    async ({ template, epochs, seed, atLeast }) => {
      expect((await train(template, epochs, seed)).accuracy).toBeGreaterThanOrEqual(atLeast);
    },
  );
});
