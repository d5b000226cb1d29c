import type { NodeDefinition } from './defineNode.ts';
import { dense } from './layers/dense.ts';

/** Every node type, one line each. The order is the library's order within a category. */
export const nodeDefinitions = [dense] as const satisfies readonly NodeDefinition[];

const byKind: ReadonlyMap<string, NodeDefinition> = new Map(nodeDefinitions.map((node) => [node.kind, node]));

/** Undefined for a kind that this version does not know: such a node is kept as a placeholder. */
export function findNodeDefinition(kind: string): NodeDefinition | undefined {
  return byKind.get(kind);
}
