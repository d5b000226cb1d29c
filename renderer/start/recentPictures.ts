import { create } from 'zustand';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { RecentFile } from '#shared/protocol/host.ts';
import { readFile } from '../files/readFile.ts';
import { callHost } from '../stores/hostStore.ts';

interface Picture {
  /** When the file was opened or saved last as the picture was made: a later time makes it anew. */
  readonly openedAt: string;
  /** Null for a file without a picture: too large, or no graph. */
  readonly document: GraphDocument | null;
}

/** The graphs of recent files, to be drawn small; read one after the other, each once. */
export const useRecentPictures = create<{ readonly byPath: ReadonlyMap<string, Picture> }>(() => ({
  byPath: new Map(),
}));

/** Wires of more nodes would be a tangle, and take longer to draw than a frame. */
const MOST_WIRED = 400;

function drawable(document: GraphDocument): GraphDocument | null {
  if (document.nodes.length === 0) return null;
  return document.nodes.length > MOST_WIRED ? { ...document, edges: [] } : document;
}

async function look(path: string): Promise<GraphDocument | null> {
  const { text } = await callHost('files.glance', { path });
  if (text === null) return null;
  const read = await readFile(new Blob([text]));
  return read.ok ? drawable(read.value) : null;
}

let reading: Promise<void> = Promise.resolve();
const asked = new Map<string, string>();

/** Reads what the list shows, in its order, behind whatever is being read. */
export function loadRecentPictures(files: readonly RecentFile[]): void {
  for (const { path, openedAt, exists } of files) {
    if (!exists || asked.get(path) === openedAt) continue;
    asked.set(path, openedAt);
    reading = reading.then(async () => {
      try {
        const document = await look(path);
        useRecentPictures.setState(({ byPath }) => ({
          byPath: new Map(byPath).set(path, { openedAt, document }),
        }));
      } catch {
        // Asked again when the list is next shown; its card has no picture meanwhile.
        asked.delete(path);
      }
    });
  }
}
