import { addInstance, addNode, type Command, nextNodeId } from '#shared/graph/commands.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { blockChoice } from './blockChoices.ts';

/** The type of what would be added: a kind of node, or a block that is at hand. */
export const newNodeDefinition = (key: string): NodeDefinition | undefined =>
  findNodeDefinition(key) ?? blockChoice(key)?.face;

/** The id that a new node of this kind, or instance of this block, would get. */
export function newNodeId(document: GraphDocument, key: string): string {
  const root = blockChoice(key)?.definitions.at(-1);
  return nextNodeId(document, root?.id ?? key);
}

/** Adds a node of a kind, or an instance of a block that is at hand. */
export function addNew(key: string, position: NodeInstance['position'], id?: string): Command {
  const block = blockChoice(key);
  if (block) return addInstance(block.definitions, position, id);
  return addNode({ kind: key, position, ...(id !== undefined && { id }) });
}
