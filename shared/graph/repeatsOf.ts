import { blockParamsSchema, type GraphDocument, type NodeInstance } from './document.ts';
import { resolvedNode } from './resolveExpressions.ts';

/** How many copies in a row an instance of a block stands for; 1 where its parameters are wrong. */
export function repeatsOf(document: Pick<GraphDocument, 'variables'>, node: NodeInstance): number {
  const params = blockParamsSchema.safeParse(resolvedNode(node, document).params);
  return params.success ? params.data.repeat : 1;
}
