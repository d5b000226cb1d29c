import type { GraphDocument } from '#shared/graph/document.ts';
import { fileProblems } from '#shared/graph/fileProblems.ts';
import { fail, type Problem, type Result } from '#shared/protocol/problem.ts';
import { readGraph } from './readGraph.ts';

/** Largest file that is looked at, in bytes; the host has the same limit. */
const MAX_BYTES = 64_000_000;
/** Up to here a file is read within a few frames, and no worker is needed. */
const SMALL_BYTES = 200_000;
/** Longer than the largest graph takes on a slow machine. */
const PATIENCE_MS = 30_000;

/** Reads a graph from a file or a text; large ones in a worker, so that the window goes on. */
export async function readFile(file: Blob): Promise<Result<GraphDocument, Problem[]>> {
  if (file.size > MAX_BYTES) return fail([fileProblems.tooLarge(file.size, MAX_BYTES)]);
  try {
    if (file.size <= SMALL_BYTES) return readGraph(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return fail([fileProblems.unreadable()]);
  }
  const worker = new Worker(new URL('./graphReader.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Result<GraphDocument, Problem[]>>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Result<GraphDocument, Problem[]>>) => resolve(data);
    worker.onerror = () => resolve(fail([fileProblems.unreadable()]));
    setTimeout(() => resolve(fail([fileProblems.unreadable()])), PATIENCE_MS);
  });
  worker.postMessage(file);
  return answer.finally(() => worker.terminate());
}
