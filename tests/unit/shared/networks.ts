import type { Command } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { buildDocument, type TemplateNode } from '#shared/templates/buildDocument.ts';
import { templates } from '#shared/templates/index.ts';

export function template(id: string): GraphDocument {
  const found = templates.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no template ${id}`);
  return found.document;
}

/** A document from nodes written `id:kind` with their parameters, and wires written `a.y > b.x`. */
export function network(
  nodes: Readonly<Record<string, TemplateNode['params'] | undefined>>,
  wires: readonly string[],
): GraphDocument {
  return buildDocument({
    name: 'test',
    epochs: 1,
    batchSize: 4,
    nodes: Object.entries(nodes).map(([key, params], index) => {
      const [id = '', kind = id] = key.split(':');
      return { id, kind, ...(params && { params }), at: [index, 0] };
    }),
    wires,
  });
}

/** The document after the commands, each of which must succeed. */
export function edited(document: GraphDocument, ...commands: readonly Command[]): GraphDocument {
  return commands.reduce((current, command) => {
    const result = command.apply(current);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  }, document);
}

export function withCode(problems: readonly Problem[], code: string): Problem {
  const found = problems.find((problem) => problem.code === code);
  if (!found) throw new Error(`no ${code} among ${problems.map((problem) => problem.code).join(', ')}`);
  return found;
}
