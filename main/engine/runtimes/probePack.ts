import { spawn } from 'node:child_process';
import { join } from 'node:path';

const MARKER = 'neuroloom-probe-42';
const TIME_LIMIT_MS = 60_000;

// Builds a graph of one constant, runs it in a session and prints what came back.
const program = `
const module = { exports: {} };
process.dlopen(module, process.argv[1]);
const addon = module.exports;
const graph = addon.createGraph();
const value = { dtype: 1, shape: [], data: Float32Array.of(42) };
const { outputs } = addon.addOperation(graph, 'Const', 'probe', [], [], [
  { name: 'dtype', type: 4, value: 1 },
  { name: 'value', type: 6, value },
]);
const session = addon.createSession(graph, new Uint8Array(0));
const call = addon.prepareCall(session, [], [outputs[0].id], []);
addon.runCall(call, []).then(([result]) => console.log('neuroloom-probe-' + result.data[0]));
`;

/** How a trial failed. */
export interface FailedTrial {
  readonly how: 'unstarted' | 'signal' | 'code';
  /** The signal or the exit code; empty where it could not be started. */
  readonly what: string;
  /** What the trial said last; `none` where it said nothing. */
  readonly detail: string;
}

/**
 * Tries a runtime pack in a process of its own, so that a library that crashes or hangs takes
 * nothing with it. Returns null where it works, else why it does not.
 */
export function probePack(packPath: string): Promise<FailedTrial | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', program, join(packPath, 'addon', 'neuroloom.node')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.on('error', (error) => resolve({ how: 'unstarted', what: '', detail: error.message }));
    child.on('close', (code, signal) => {
      if (output.includes(MARKER)) return resolve(null);
      const line = errors.split('\n').find((text) => /error/i.test(text)) ?? errors.trim().split('\n').at(-1);
      const detail = line?.trim() || 'none';
      resolve(signal ? { how: 'signal', what: signal, detail } : { how: 'code', what: String(code), detail });
    });
  });
}
