import type { FactsByNode } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { DIGIT_SIZE } from '#shared/images/digitImage.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { formatShape } from '#shared/types/portType.ts';

/** Where a drawing enters a graph, or the shape that it wants instead. */
export type ImageInput = { readonly port: string } | { readonly wants: string };

/** The data port of a graph that takes 28×28 drawings; null where there is no data node. */
export function imageInput(document: GraphDocument, facts: FactsByNode = {}): ImageInput | null {
  let wants: string | null = null;
  for (const node of document.nodes) {
    const definition = findNodeDefinition(node.kind);
    if (definition?.role !== 'dataset') continue;
    const params = definition.params.safeParse(node.params);
    if (!params.success) continue;
    const known = facts[node.id] ?? definition.knownFacts?.(params.data);
    const outputs = known?.outputs ?? {};
    for (const [port, { shape, meaning }] of Object.entries(outputs)) {
      if (meaning?.kind === 'class') continue;
      if (shape[1] === DIGIT_SIZE && shape[2] === DIGIT_SIZE && shape[3] === 1) return { port };
      wants ??= formatShape(shape);
    }
  }
  return wants === null ? null : { wants };
}
