import { execFile } from 'node:child_process';

export interface NvidiaCard {
  readonly name: string;
  readonly memoryBytes: number;
}

const TIME_LIMIT_MS = 15_000;

/** The NVIDIA cards that the driver's own program tells of; none where there is no driver. */
export function listNvidiaCards(program = 'nvidia-smi'): Promise<NvidiaCard[]> {
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];
  return new Promise((resolve) => {
    execFile(program, query, { timeout: TIME_LIMIT_MS, windowsHide: true }, (error, output) => {
      resolve(error ? [] : output.split('\n').flatMap(readCard));
    });
  });
}

/** `NVIDIA GeForce RTX 3060, 12288`: the memory in MiB. */
function readCard(line: string): NvidiaCard[] {
  const match = /^(.+), (\d+)\s*$/.exec(line);
  return match?.[1] ? [{ name: match[1], memoryBytes: Number(match[2]) * 2 ** 20 }] : [];
}

/** E.g. `NVIDIA GeForce RTX 3060 · 12 GB`. */
export function cardLabel(cards: readonly NvidiaCard[]): string {
  const [first] = cards;
  if (!first) return 'GPU';
  return `${first.name} · ${Math.round(first.memoryBytes / 2 ** 30)} GB`;
}
