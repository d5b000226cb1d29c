import { readFile, writeFile } from 'node:fs/promises';
import { formatCommandLine } from '#main/services/messages.ts';
import { type MergeConflict, mergeDocuments } from '#shared/graph/mergeDocuments.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { readGraph } from '../graphInput.ts';
import type { Output } from '../output.ts';

/** As short as a line allows. */
const show = (value: JsonValue | undefined): string => (JSON.stringify(value) ?? '').slice(0, 200);

type Side = 'base' | 'ours' | 'theirs';

/** What stands in the file in place of a conflict: our side, or what only one side still has. */
function conflictText({ path: place, ours, theirs }: MergeConflict): string {
  if (ours === undefined || theirs === undefined) {
    const side = ours === undefined ? 'ours' : 'theirs';
    return formatCommandLine('merge-kept', { place, side, value: show(ours ?? theirs) });
  }
  return formatCommandLine('merge-conflict', { place, ours: show(ours), theirs: show(theirs) });
}

/**
 * git's merge driver for graphs: OURS is replaced by the merged graph. Status 1 where both sides changed the same
 * thing; our side of it stands in the file, or what one side removed and the other changed. The file opens as it is, and
 * what theirs was is printed.
 */
export async function merge(
  { base, ours, theirs, path }: { base: string; ours: string; theirs: string; path: string | undefined },
  output: Output,
): Promise<ExitCode> {
  const file = path ?? ours;
  // git hands over files with names of its own.
  const nameOf = (side: Side): string => formatCommandLine('merge-side', { file, side });
  const [before, mine, other] = await Promise.all([
    // Two sides that both added the file have no base: git gives an empty one.
    readFile(base, 'utf8').then((text) => (text.trim() === '' ? null : readGraph(base, nameOf('base')))),
    readGraph(ours, nameOf('ours')),
    readGraph(theirs, nameOf('theirs')),
  ]);
  const start = before ?? { ...mine, nodes: [], edges: [] };
  const { document, conflicts } = mergeDocuments(start, mine, other);
  await writeFile(ours, serializeDocument(document));
  const lines =
    conflicts.length === 0
      ? [formatCommandLine('merge-done', { file })]
      : [
          formatCommandLine('merge-conflicts', { file, count: conflicts.length }),
          ...conflicts.map(conflictText),
        ];
  output.result({ event: 'merge', file, conflicts }, lines.join('\n'));
  return conflicts.length === 0 ? exitCodes.done : exitCodes.input;
}
