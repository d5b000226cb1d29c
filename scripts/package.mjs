import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireSupportedNode } from './nodeVersion.mjs';

requireSupportedNode();
const { prepare, projectRoot } = await import('./prepare.mjs');
const { packageProgram, runProgram } = await import('./runProgram.mjs');
const { packName } = await import('./runtimePack/packSources.mjs');
const name = packName('tensorflow-cpu');

console.log('Neuroloom: package');
if (!(await prepare({ retryRuntime: true }))) process.exit(1);
gatherResources();
const builder = packageProgram(projectRoot, 'electron-builder');
const { code } = await runProgram(
  [...builder, '--config', 'electron-builder.yml', ...process.argv.slice(2)],
  {
    cwd: projectRoot,
    show: true,
  },
);
process.exitCode = code ?? 1;

/** What the installed app needs beside its archive: the Node of the engine process, the runtime pack. */
function gatherResources() {
  const folder = join(projectRoot, '.cache', 'package');
  rmSync(folder, { recursive: true, force: true });
  const program = process.platform === 'win32' ? 'node/node.exe' : 'node/bin/node';
  const node = join(folder, program);
  mkdirSync(join(node, '..'), { recursive: true });
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  mkdirSync(join(folder, 'runtimes'), { recursive: true });
  const pack = join(projectRoot, '.runtimes', name);
  if (existsSync(join(pack, 'manifest.json'))) {
    cpSync(pack, join(folder, 'runtimes', name), { recursive: true, verbatimSymlinks: true });
  } else {
    console.log('  packaged without a native runtime: the app starts on the next engine of the ladder');
  }
  // Dawn for this platform alone: the package brings every platform's.
  const platform = process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`;
  const dawn = join(projectRoot, 'node_modules', 'webgpu');
  if (existsSync(join(dawn, 'dist', platform))) {
    cpSync(join(dawn, 'dist', platform), join(folder, 'runtimes', 'webgpu'), { recursive: true });
    copyFileSync(join(dawn, 'LICENSE.md'), join(folder, 'runtimes', 'webgpu', 'LICENSE.md'));
  }
}
