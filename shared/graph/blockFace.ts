import { z } from 'zod';
import { defineLayer, type LayerNode, type NodeCategory, type PortSpec } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { JsonValue } from '../protocol/json.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  type BlockInput,
  type BlockOutput,
  type BlockParam,
  blockParamsSchema,
  MAX_BLOCK_DEPTH,
} from './document.ts';

const categories: readonly string[] = [
  'data',
  'dense',
  'convolution',
  'normalization',
  'recurrent',
  'attention',
  'graph',
  'generative',
  'operation',
  'shape',
  'activation',
  'loss',
  'optimizer',
  'metric',
] satisfies readonly NodeCategory[];

/** The ends, inside of a block, of its ports and parameters, as far as they are there. */
interface Inside {
  readonly block: BlockDefinition;
  /** The faces of the instances inside, by the id of the node. */
  readonly faces: ReadonlyMap<string, LayerNode>;
}

const known = new WeakMap<BlockDefinition, { inside: readonly LayerNode[]; face: LayerNode }>();

function definitionInside({ block, faces }: Inside, nodeId: string) {
  const node = block.nodes.find(({ id }) => id === nodeId);
  return node && (faces.get(nodeId) ?? findNodeDefinition(node.kind));
}

function inputPort(inside: Inside, { id, to }: BlockInput): PortSpec {
  const [first] = to;
  const spec =
    first && definitionInside(inside, first.node)?.ports.inputs.find((port) => port.id === first.port);
  const optional = to.every(
    (end) => definitionInside(inside, end.node)?.ports.inputs.find((port) => port.id === end.port)?.optional,
  );
  return {
    id,
    type: spec?.type ?? 'tensor',
    ...(spec?.dtypes && { dtypes: spec.dtypes }),
    ...(optional && { optional }),
  };
}

function outputPort(inside: Inside, { id, from }: BlockOutput): PortSpec {
  const spec =
    from && definitionInside(inside, from.node)?.ports.outputs.find((port) => port.id === from.port);
  return { id, type: spec?.type ?? 'tensor' };
}

/** A parameter as the node inside has it; what that node is set to is the default. */
function paramOf(inside: Inside, { id, title, node, param }: BlockParam) {
  const definition = definitionInside(inside, node);
  const schema: z.ZodType | undefined = definition?.params.shape[param];
  const instance = inside.block.nodes.find((other) => other.id === node);
  if (!definition || !schema || !instance || id in blockParamsSchema.shape) return undefined;
  const own = instance.params[param];
  const text = definition.text.params[param];
  return {
    id,
    schema: own === undefined ? schema : schema.default(own as JsonValue),
    text: { ...text, label: title ?? text?.label ?? param },
  };
}

function makeFace(inside: Inside): LayerNode {
  const { block } = inside;
  const named = [...block.inputs, ...block.outputs].map(({ id, title }) => [id, title ?? id] as const);
  const params = (block.params ?? []).flatMap((param) => paramOf(inside, param) ?? []);
  return defineLayer({
    kind: BLOCK_KIND,
    category: (categories.includes(block.category ?? '') ? block.category : 'shape') as NodeCategory,
    icon: block.icon ?? 'box',
    text: {
      title: block.title ?? block.id,
      description: block.description ?? '',
      params: {
        repeat: { label: 'Repeat', help: 'Copies in a row, each with weights of its own.' },
        ...Object.fromEntries(params.map(({ id, text }) => [id, text])),
      },
      ports: Object.fromEntries(named),
      aliases: [],
    },
    params: z.looseObject({
      ...blockParamsSchema.shape,
      block: blockParamsSchema.shape.block.default(block.id),
      ...Object.fromEntries(params.map(({ id, schema }) => [id, schema])),
    }),
    ports: {
      inputs: block.inputs.map((port) => inputPort(inside, port)),
      outputs: block.outputs.map((port) => outputPort(inside, port)),
    },
    infer: () => ({ outputs: {} }),
    forward: () => {
      throw new Error(`the block ${block.id} was run instead of what is in it`);
    },
    summary: ({ repeat }) => [
      `${block.nodes.length} ${block.nodes.length === 1 ? 'node' : 'nodes'}${repeat > 1 ? ` · ${repeat} in a row` : ''}`,
    ],
    examples: [],
  });
}

/** Faces by the definitions of a document that they were made among. */
const among = new WeakMap<readonly BlockDefinition[], Map<BlockDefinition, LayerNode>>();

/** `open` holds the blocks on the way to this one: a block that contains itself has no face there. */
function faceAmong(
  block: BlockDefinition,
  blocks: ReadonlyMap<string, BlockDefinition>,
  made: Map<BlockDefinition, LayerNode>,
  open: readonly string[],
): LayerNode {
  // Once for each definition: blocks that hold others several times multiply with every level.
  const earlier = made.get(block);
  if (earlier) return earlier;
  const way = [...open, block.id];
  const faces = new Map<string, LayerNode>();
  for (const { id, kind, params } of block.nodes) {
    if (kind !== BLOCK_KIND || way.length >= MAX_BLOCK_DEPTH) continue;
    const inner = blocks.get(String(params.block));
    if (inner && !way.includes(inner.id)) faces.set(id, faceAmong(inner, blocks, made, way));
  }
  const inside = [...faces.values()];
  const entry = known.get(block);
  const same =
    entry?.inside.length === inside.length && entry.inside.every((face, at) => face === inside[at]);
  const face = same ? entry.face : makeFace({ block, faces });
  if (!same) known.set(block, { inside, face });
  made.set(block, face);
  return face;
}

/**
 * What an editor shows of a block's instances, in the form of a node type: title, ports, the parameters that
 * an instance may set, and the lines on the card. It is never run: the compiler works on what is inside.
 * `blocks` are those of the document, since a port may lead into a block inside.
 */
export function blockFace(block: BlockDefinition, blocks: readonly BlockDefinition[] = []): LayerNode {
  const made = among.get(blocks) ?? new Map<BlockDefinition, LayerNode>();
  among.set(blocks, made);
  const earlier = made.get(block);
  if (earlier) return earlier;
  return faceAmong(block, new Map(blocks.map((other) => [other.id, other])), made, []);
}
