import type { PackId } from '#shared/protocol/runtimes.ts';
import { packEnvironment } from './packEnvironment.ts';
import { packAddon } from './packNames.ts';
import { packOperations } from './packOperations.ts';
import { type FailedTrial, runTrial } from './runTrial.ts';

// Builds a graph of one constant, runs it in a session and prints what came back and where it ran. Before that, each of
// the addon's operations is asked for without inputs: what is not registered says so, the rest miss their inputs.
const program = `
const module = { exports: {} };
process.dlopen(module, process.argv[1]);
const addon = module.exports;
const graph = addon.createGraph();
const unknown = ${JSON.stringify(packOperations)}.find((type) => {
  try {
    addon.addOperation(addon.createGraph(), type, 'probe', [], [], []);
  } catch (error) {
    return String(error.message).includes('not registered');
  }
});
if (unknown) {
  console.log('neuroloom-probe-lacks-' + unknown);
  process.exit(0);
}
const value = { dtype: 1, shape: [], data: Float32Array.of(42) };
const { outputs } = addon.addOperation(graph, 'Const', 'probe', [], [], [
  { name: 'dtype', type: 4, value: 1 },
  { name: 'value', type: 6, value },
]);
const session = addon.createSession(graph, new Uint8Array(0));
const call = addon.prepareCall(session, [], [outputs[0].id], []);
addon.runCall(call, []).then(([result]) => {
  console.log('neuroloom-probe-' + result.data[0] + (addon.isUsingGpuDevice() ? '-gpu' : '-cpu'));
});
`;

export type PackTrial =
  | { readonly works: true }
  /** The pack is sound, but TensorFlow finds no card that it can use. */
  | { readonly works: false; readonly why: 'no-card' }
  /** The pack is sound, but of another version of the app. */
  | { readonly works: false; readonly why: 'outdated'; readonly operation: string }
  | { readonly works: false; readonly why: 'trial-failed'; readonly trial: FailedTrial };

export interface ProbePackOptions {
  readonly id: PackId;
  readonly path: string;
  readonly nodePath?: string | undefined;
}

/** Tries a runtime pack in a process of its own: loads its library and computes with it. */
export async function probePack({ id, path, nodePath }: ProbePackOptions): Promise<PackTrial> {
  const environment = id === 'tensorflow-cuda' ? packEnvironment([path]) : {};
  const { output, failed } = await runTrial({ program, argument: packAddon(path), nodePath, environment });
  const operation = /neuroloom-probe-lacks-(\w+)/.exec(output)?.[1];
  if (operation) return { works: false, why: 'outdated', operation };
  if (!output.includes('neuroloom-probe-42')) return { works: false, why: 'trial-failed', trial: failed };
  if (id === 'tensorflow-cuda' && !output.includes('-gpu')) return { works: false, why: 'no-card' };
  return { works: true };
}
