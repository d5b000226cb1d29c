import { spawn } from 'node:child_process';

/** How a trial failed. */
export interface FailedTrial {
  readonly how: 'unstarted' | 'signal' | 'code';
  /** The signal or the exit code; empty where it could not be started. */
  readonly what: string;
  /** What the trial said last; `none` where it said nothing. */
  readonly detail: string;
}

export interface Trial {
  /** Plain JavaScript for Node. */
  readonly program: string;
  readonly argument: string;
  /** Node's program; the present process's where left out. */
  readonly nodePath?: string | undefined;
  /** Added to the present process's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface TrialOutcome {
  readonly output: string;
  readonly errors: string;
  /** What is to be told where the output is not the expected one. */
  readonly failed: FailedTrial;
}

const TIME_LIMIT_MS = 60_000;

/** Runs a few lines in a process of their own, so that a library that crashes or hangs takes nothing with it. */
export function runTrial({ program, argument, nodePath, environment }: Trial): Promise<TrialOutcome> {
  return new Promise((resolve) => {
    const child = spawn(nodePath ?? process.execPath, ['-e', program, argument], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
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
    child.on('error', (error) => {
      resolve({ output, errors, failed: { how: 'unstarted', what: '', detail: error.message } });
    });
    child.on('close', (code, signal) => {
      const line = errors.split('\n').find((text) => /error/i.test(text)) ?? errors.trim().split('\n').at(-1);
      const detail = line?.trim() || 'none';
      const failed: FailedTrial = signal
        ? { how: 'signal', what: signal, detail }
        : { how: 'code', what: String(code), detail };
      resolve({ output, errors, failed });
    });
  });
}
