import { readFile, writeFile } from 'node:fs/promises';
import { formatCommandLine } from '#main/services/messages.ts';
import { mergeDocuments } from '#shared/graph/mergeDocuments.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { readGraph } from '../graphInput.ts';
import type { Output } from '../output.ts';

const show = (value: JsonValue | undefined): string =>
  value === undefined ? formatCommandLine('merge-nothing') : JSON.stringify(value).slice(0, 200);

/**
 * git's merge driver for graphs: OURS is replaced by the merged graph. Status 1 where both sides changed the same
 * thing; our side of it stands in the file, which opens as it is, and what theirs was is printed.
 */
export async function merge(
  { base, ours, theirs, path }: { base: string; ours: string; theirs: string; path: string | undefined },
  output: Output,
): Promise<ExitCode> {
  const [before, mine, other] = await Promise.all([
    // Two sides that both added the file have no base: git gives an empty one.
    readFile(base, 'utf8').then((text) => (text.trim() === '' ? null : readGraph(base))),
    readGraph(ours),
    readGraph(theirs),
  ]);
  const start = before ?? { ...mine, nodes: [], edges: [] };
  const { document, conflicts } = mergeDocuments(start, mine, other);
  await writeFile(ours, serializeDocument(document));
  const file = path ?? ours;
  const lines =
    conflicts.length === 0
      ? [formatCommandLine('merge-done', { file })]
      : [
          formatCommandLine('merge-conflicts', { file, count: conflicts.length }),
          ...conflicts.map((conflict) =>
            formatCommandLine('merge-conflict', {
              place: conflict.path,
              ours: show(conflict.ours),
              theirs: show(conflict.theirs),
            }),
          ),
        ];
  output.result({ event: 'merge', file, conflicts }, lines.join('\n'));
  return conflicts.length === 0 ? exitCodes.done : exitCodes.input;
}
