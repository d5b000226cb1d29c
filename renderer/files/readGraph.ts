import type { GraphDocument } from '#shared/graph/document.ts';
import { fileProblems } from '#shared/graph/fileProblems.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { fail, type Problem, type Result } from '#shared/protocol/problem.ts';
import { isJpeg, isPng, takeFromPng, takeFromSvg } from './pictureGraph.ts';

/** A graph out of a file's bytes: its JSON, or a picture that was exported with the graph in it. */
export function readGraph(bytes: Uint8Array): Result<GraphDocument, Problem[]> {
  if (isPng(bytes)) {
    const text = takeFromPng(bytes);
    return text === null ? fail([fileProblems.pictureWithoutGraph()]) : parseDocument(text);
  }
  if (isJpeg(bytes)) return fail([fileProblems.pictureWithoutGraph()]);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail([fileProblems.notText()]);
  }
  if (/^\s*(?:<\?xml[^>]{0,200}>\s*)?<svg[\s>]/.test(text.slice(0, 1000))) {
    const graph = takeFromSvg(text);
    return graph === null ? fail([fileProblems.pictureWithoutGraph()]) : parseDocument(graph);
  }
  // Where a broken graph is broken helps; of what never was one, no line and column do.
  if (/^\s*[^\s{[]/.test(text)) return fail([fileProblems.notAGraph()]);
  return parseDocument(text);
}
