import { dirname } from 'node:path';
import { expect, it, vi } from 'vitest';
import { selectRuntime } from '#main/engine/runtimes/select.ts';
import { packPath } from './packPath.ts';

// A later version of the app, which asks the present pack for one operation more.
vi.mock('#main/services/runtimes/packOperations.ts', () => ({
  packOperations: ['NeuroloomAdam', 'NeuroloomOfTomorrow'],
}));

it('a pack of an earlier version of the app is passed over, and what to do is said', async () => {
  const { info } = await selectRuntime({ requested: 'tensorflow-cpu', packDirs: [dirname(packPath)] });
  expect(['webgpu', 'cpu']).toContain(info.id);
  expect(info.notes[0]).toMatchObject({
    code: 'pack-outdated',
    data: { pack: 'tensorflow-cpu', operation: 'NeuroloomOfTomorrow' },
    message: expect.stringContaining('neuroloom runtimes install tensorflow-cpu'),
  });
});
