import { defineLayer, type LayerNode } from '../nodes/defineNode.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  blockParamsSchema,
  type GraphDocument,
  type NodeInstance,
} from './document.ts';

const faces = new WeakMap<BlockDefinition, LayerNode>();

/** The definition that a block instance is an instance of; undefined for any other node. */
export function blockOf(document: GraphDocument, node: NodeInstance): BlockDefinition | undefined {
  if (node.kind !== BLOCK_KIND) return undefined;
  const { block } = node.params;
  return document.blocks?.find(({ id }) => id === block);
}

/**
 * What an editor shows of a block's instances, in the form of a node type: title, ports and the lines
 * on the card. It is never run: the compiler works on what is inside.
 */
export function blockFace(block: BlockDefinition): LayerNode {
  const known = faces.get(block);
  if (known) return known;
  const port = ({ id }: { id: string }) => ({ id, type: 'tensor' as const });
  const named = [...block.inputs, ...block.outputs].map(({ id, title }) => [id, title ?? id] as const);
  const face = defineLayer({
    kind: BLOCK_KIND,
    category: 'shape',
    icon: 'box',
    text: {
      title: block.title ?? block.id,
      description: block.description ?? '',
      params: {},
      ports: Object.fromEntries(named),
      aliases: [],
    },
    params: blockParamsSchema,
    ports: { inputs: block.inputs.map(port), outputs: block.outputs.map(port) },
    infer: () => ({ outputs: {} }),
    forward: () => {
      throw new Error(`the block ${block.id} was run instead of what is in it`);
    },
    summary: ({ repeat }) => [`${block.nodes.length} nodes${repeat > 1 ? ` · ${repeat} in a row` : ''}`],
    examples: [],
  });
  faces.set(block, face);
  return face;
}
