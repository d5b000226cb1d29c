import '../host/zodWithoutEval.ts';
import { readGraph } from './readGraph.ts';

/** Reads one file beside the window, which would stand still meanwhile. */
self.onmessage = async ({ data }: MessageEvent<Blob>): Promise<void> => {
  self.postMessage(readGraph(new Uint8Array(await data.arrayBuffer())));
};
