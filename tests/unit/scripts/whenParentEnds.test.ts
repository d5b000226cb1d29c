import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-parent-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// Windows gives an orphan no new parent.
describe.skipIf(process.platform === 'win32')('a script whose parent is ended', () => {
  it('hears of it, although no signal reaches it', async () => {
    const script = join(folder, 'script.mjs');
    const address = pathToFileURL(join(import.meta.dirname, '../../../scripts/whenParentEnds.mjs')).href;
    await writeFile(
      script,
      `import { whenParentEnds } from ${JSON.stringify(address)};
       process.on('SIGTERM', () => {});
       whenParentEnds(() => { console.log('ended'); process.exit(0); });
       setInterval(() => {}, 1000);
       console.log('running');`,
    );
    // As npm does it: a shell in between, which does not pass signals on.
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${script}"; true`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    const ended = new Promise<void>((resolve) => {
      shell.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said === 'running\n') shell.kill('SIGTERM');
      });
      // The pipe closes when the last process that holds it is gone: the script.
      shell.stdout.once('close', resolve);
    });
    await ended;
    expect(said).toBe('running\nended\n');
  });
});
