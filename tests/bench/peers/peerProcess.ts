import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { pythonPath } from '../../parity/pythonJudge.ts';

const answerSchema = z.union([
  z.object({ ms: z.number(), peakBytes: z.number() }),
  z.object({ error: z.string() }),
]);
export type PeerAnswer = z.infer<typeof answerSchema>;

export interface Peer {
  readonly name: string;
  readonly script: string;
  readonly mode: string;
  /** The processor where left out. */
  readonly device?: 'cuda';
}

/** What people would use instead, in the two ways in which each can run. */
export const peers: readonly Peer[] = [
  { name: 'torch', script: 'torch_peer.py', mode: 'eager' },
  { name: 'torch.compile', script: 'torch_peer.py', mode: 'compiled' },
  { name: 'keras', script: 'keras_peer.py', mode: 'graph' },
  { name: 'keras xla', script: 'keras_peer.py', mode: 'xla' },
];

/** PyTorch on an NVIDIA card. */
export const cudaPeer: Peer = { name: 'torch cuda', script: 'torch_peer.py', mode: 'eager', device: 'cuda' };

/** A Python process that runs steps of a workload when it is told to, and rests in between. */
export class PeerProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor({ script, mode, device }: Peer) {
    // The bench is bundled into a folder of its own; it runs from the project's root.
    const path = fileURLToPath(new URL(`file://${process.cwd()}/tests/bench/peers/${script}`));
    const child = spawn(pythonPath, [path, mode, ...(device ? [device] : [])], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...(!device && { CUDA_VISIBLE_DEVICES: '-1' }) },
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds a step over `steps` steps, or why the peer cannot run the workload. */
  async run(workload: string, steps: number): Promise<PeerAnswer> {
    this.#child.stdin?.write(`${workload} ${steps}\n`);
    const line = await this.#lines.next();
    if (line.done) return { error: `the process ended with ${this.#child.exitCode ?? 'a signal'}` };
    return answerSchema.parse(JSON.parse(line.value));
  }

  end(): void {
    this.#child.stdin?.end();
  }
}
