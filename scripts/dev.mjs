import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { prepare, projectRoot } = await import('./prepare.mjs');
const { BuildFailure, build } = await import('./build.mjs');

console.log('Neuroloom: development (browser mode; rebuilds what changes, reload the page to see it)');
if (!(await prepare({ retryRuntime: false }))) process.exit(1);

const args = [join(projectRoot, 'dist/cli/neuroloom.cjs'), 'serve', ...process.argv.slice(2)];
/** A new host means a new token, so it is restarted only when its own bundles have changed. */
const hostTargets = new Set(['cli', 'engine']);
let host = startHost();
let waiting = false;
let building = false;

for (const folder of ['main', 'shared', 'renderer']) {
  watch(join(projectRoot, folder), { recursive: true }, () => {
    if (waiting) return;
    waiting = true;
    setTimeout(rebuild, 200);
  });
}

async function rebuild() {
  if (building) {
    setTimeout(rebuild, 200);
    return;
  }
  waiting = false;
  building = true;
  try {
    const { built } = await build();
    if (built.some((target) => hostTargets.has(target))) {
      host.kill('SIGTERM');
      host = startHost();
    }
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    console.error(error.message);
  } finally {
    building = false;
  }
}

function startHost() {
  return spawn(process.execPath, args, { stdio: 'inherit' });
}
