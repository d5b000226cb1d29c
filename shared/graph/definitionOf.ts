import type { NodeDefinition } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import { blockFace } from './blockFace.ts';
import { INPUTS_KIND, OUTPUTS_KIND, portsFace } from './blockPorts.ts';
import { BLOCK_KIND, type BlockDefinition, type GraphDocument, type NodeInstance } from './document.ts';

type Blocks = Pick<GraphDocument, 'blocks'>;

const hasBlock = ({ kind }: NodeInstance): boolean =>
  kind === BLOCK_KIND || kind === INPUTS_KIND || kind === OUTPUTS_KIND;

const namedBlock = (document: Blocks, { params }: NodeInstance): BlockDefinition | undefined =>
  document.blocks?.find(({ id }) => id === params.block);

/** The definition that a block instance is an instance of; undefined for any other node. */
export function blockOf(document: Blocks, node: NodeInstance): BlockDefinition | undefined {
  return node.kind === BLOCK_KIND ? namedBlock(document, node) : undefined;
}

/** The type of a node of any kind: a registered one, the face of a block, or that of an open block's ports. */
export function definitionOf(document: Blocks, node: NodeInstance): NodeDefinition | undefined {
  if (!hasBlock(node)) return findNodeDefinition(node.kind);
  const block = namedBlock(document, node);
  if (!block) return undefined;
  const blocks = document.blocks ?? [];
  return node.kind === BLOCK_KIND ? blockFace(block, blocks) : portsFace(node.kind, block, blocks);
}
