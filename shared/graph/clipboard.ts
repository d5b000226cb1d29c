import { z } from 'zod';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import {
  DOCUMENT_FORMAT,
  DOCUMENT_VERSION,
  edgeSchema,
  type GraphDocument,
  nodeInstanceSchema,
} from './document.ts';
import { findJsonError } from './jsonText.ts';
import { parseDocument } from './parseDocument.ts';

/** Nodes and the wires between them, on their way through the clipboard. */
export const fragmentSchema = z.object({ nodes: z.array(nodeInstanceSchema), edges: z.array(edgeSchema) });
export type Fragment = z.infer<typeof fragmentSchema>;

/**
 * The chosen nodes and the wires among them as JSON text. It is a document of its own, so that it can
 * be pasted into a file as well, and an older version's copy is migrated like an older file.
 */
export function copyFragment(document: GraphDocument, ids: readonly string[]): string {
  const chosen = new Set(ids);
  return JSON.stringify(
    {
      format: DOCUMENT_FORMAT,
      version: DOCUMENT_VERSION,
      name: document.name,
      nodes: document.nodes.filter(({ id }) => chosen.has(id)),
      edges: document.edges.filter(({ from, to }) => chosen.has(from.node) && chosen.has(to.node)),
    },
    null,
    2,
  );
}

/** Reads text from the clipboard. Text that is something else altogether is one plain Problem. */
export function parseFragment(text: string): Result<Fragment, Problem> {
  const nothing: Problem = { code: 'clipboard-not-a-graph', severity: 'error', data: {} };
  if (!text.trimStart().startsWith('{') || findJsonError(text)) return fail(nothing);
  const parsed = parseDocument(text);
  if (parsed.ok) return ok({ nodes: parsed.value.nodes, edges: parsed.value.edges });
  const [first = nothing] = parsed.error;
  return fail(first.code === 'not-a-document' ? nothing : first);
}
