import { z } from 'zod';
import { mentionedNames } from '../expressions/parseExpression.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { isPortsNode } from './blockPorts.ts';
import {
  blockSchema,
  DOCUMENT_FORMAT,
  DOCUMENT_VERSION,
  edgeSchema,
  type GraphDocument,
  nodeInstanceSchema,
  noteSchema,
  type Variable,
  variableSchema,
} from './document.ts';
import { blocksUsedBy } from './importBlocks.ts';
import { expressionsIn, isExpression } from './paramExpressions.ts';
import { parseDocument } from './parseDocument.ts';

/** Nodes and the wires between them, on their way through the clipboard. */
export const fragmentSchema = z.object({
  nodes: z.array(nodeInstanceSchema),
  edges: z.array(edgeSchema),
  /** Those that the nodes' expressions need. */
  variables: z.array(variableSchema).optional(),
  /** Definitions of the blocks among the nodes, with those inside. */
  blocks: z.array(blockSchema).optional(),
  notes: z.array(noteSchema).optional(),
});
export type Fragment = z.infer<typeof fragmentSchema>;

/** The variables that nodes need, those that these depend on among them. */
function neededVariables({ variables = [] }: GraphDocument, nodes: GraphDocument['nodes']): Variable[] {
  const texts = nodes.flatMap((node) => expressionsIn(node).map(({ text }) => text));
  const needed = new Set(texts.flatMap((text) => [...mentionedNames(text.slice(1))]));
  for (const name of needed) {
    const value = variables.find((variable) => variable.name === name)?.value;
    // A set is walked with what is added on the way.
    if (isExpression(value)) for (const other of mentionedNames(value.slice(1))) needed.add(other);
  }
  return variables.filter(({ name }) => needed.has(name));
}

/**
 * The chosen nodes, the wires among them and the chosen notes as JSON text. It is a document of its own, so that it can
 * be pasted into a file as well, and an older version's copy is migrated like an older file.
 */
export function copyFragment(
  document: GraphDocument,
  ids: readonly string[],
  noteIds: readonly string[] = [],
): string {
  const notes = (document.notes ?? []).filter(({ id }) => noteIds.includes(id));
  const chosen = new Set(ids.filter((id) => !isPortsNode(id)));
  const nodes = document.nodes.filter(({ id }) => chosen.has(id));
  const blocks = blocksUsedBy(document.blocks ?? [], nodes);
  const variables = neededVariables(document, [...nodes, ...blocks.flatMap((block) => block.nodes)]);
  return JSON.stringify(
    {
      format: DOCUMENT_FORMAT,
      version: DOCUMENT_VERSION,
      name: document.name,
      ...(variables.length > 0 && { variables }),
      nodes,
      edges: document.edges.filter(({ from, to }) => chosen.has(from.node) && chosen.has(to.node)),
      ...(blocks.length > 0 && { blocks }),
      ...(notes.length > 0 && { notes }),
    },
    null,
    2,
  );
}

/** Reads text from the clipboard. Text that is something else altogether is one plain Problem. */
export function parseFragment(text: string): Result<Fragment, Problem> {
  const nothing: Problem = { code: 'clipboard-not-a-graph', severity: 'error', data: {} };
  if (!text.trimStart().startsWith('{')) return fail(nothing);
  const parsed = parseDocument(text);
  if (parsed.ok) {
    const { nodes, edges, blocks, variables, notes } = parsed.value;
    return ok({
      nodes,
      edges,
      ...(blocks && { blocks: [...blocksUsedBy(blocks, nodes)] }),
      ...(variables && { variables }),
      ...(notes && { notes }),
    });
  }
  const [first = nothing] = parsed.error;
  // A graph that was copied in part is told from a text that only begins like one.
  const isOther =
    first.code === 'not-a-document' ||
    (first.code === 'json-broken' && !text.includes(`"${DOCUMENT_FORMAT}"`));
  return fail(isOther ? nothing : first);
}
