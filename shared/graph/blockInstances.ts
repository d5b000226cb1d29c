import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { INPUTS_ID } from './blockPorts.ts';
import { groupOwner, sharing, sharingGroup, withoutMember } from './blockSharing.ts';
import { type Command, nodeNotFound } from './command.ts';
import { blockOf } from './definitionOf.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  blockParamsSchema,
  type GraphDocument,
  type NodeInstance,
} from './document.ts';
import { blockWithInner, importBlocks, withBlock } from './importBlocks.ts';
import { nextBlockId } from './makeBlock.ts';
import { nextNodeId } from './nodeCommands.ts';
import { nodeTitle } from './selectors.ts';

type Point = NodeInstance['position'];

/** Every instance of a definition, in the document and in blocks. */
export function instancesOf(document: GraphDocument, blockId: string): readonly NodeInstance[] {
  return [document, ...(document.blocks ?? [])].flatMap(({ nodes }) =>
    nodes.filter(({ kind, params }) => kind === BLOCK_KIND && params.block === blockId),
  );
}

/**
 * Adds an instance of the last of these definitions, which are taken into the document where they are not there
 * yet; the others are those inside it.
 */
export function addInstance(definitions: readonly BlockDefinition[], position: Point, id?: string): Command {
  const root = definitions.at(-1);
  return {
    label: { key: 'add-node', data: { node: root?.title ?? root?.id ?? '' } },
    apply(document): Result<GraphDocument, Problem> {
      const { blocks, ids } = importBlocks(document, definitions);
      const block = ids.get(root?.id ?? '');
      if (block === undefined) return nodeNotFound(root?.id ?? '');
      const around = document.nodes.find((node) => node.id === INPUTS_ID)?.params.block;
      if (around !== undefined && blockWithInner(blocks, block).some((inner) => inner.id === around)) {
        const title = root?.title ?? block;
        return fail({ code: 'block-inside-itself', severity: 'error', data: { block: title, node: title } });
      }
      const node: NodeInstance = {
        id: id ?? nextNodeId(document, block),
        kind: BLOCK_KIND,
        params: { block, repeat: 1 },
        position,
      };
      return ok({ ...document, nodes: [...document.nodes, node], blocks: [...blocks] });
    },
  };
}

/** Why these instances cannot have the same weights; undefined where they can. */
function sharingRefusal(document: GraphDocument, nodes: readonly NodeInstance[]): Problem | undefined {
  const [first, ...others] = nodes;
  const key = ({ params }: NodeInstance): string => {
    const parsed = blockParamsSchema.safeParse(params);
    return parsed.success ? `${parsed.data.block} ${parsed.data.repeat}` : '';
  };
  const alone = others.length === 0 || !first || !blockOf(document, first);
  const other = alone ? first : others.find((node) => !blockOf(document, node) || key(node) !== key(first));
  if (!alone && !other) return undefined;
  return {
    code: 'block-share-other',
    severity: 'error',
    ...(other && { nodeId: other.id }),
    data: { node: other ? nodeTitle(other, document) : '' },
  };
}

/** Gives instances of one block the same weights: those of the first. */
export function shareWeights(ids: readonly string[]): Command {
  return {
    label: { key: 'share-weights', data: { count: ids.length } },
    apply(document): Result<GraphDocument, Problem> {
      const chosen = document.nodes.filter(({ id }) => ids.includes(id));
      const refusal = sharingRefusal(document, chosen);
      const [first] = chosen;
      if (refusal || !first) return refusal ? fail(refusal) : nodeNotFound(ids[0] ?? '');
      const owner = groupOwner(document.nodes, first.id);
      const members = new Set(ids.flatMap((id) => sharingGroup(document.nodes, id)));
      return ok({
        ...document,
        nodes: document.nodes.map((node) =>
          members.has(node.id) && node.id !== owner ? sharing(node, owner) : node,
        ),
      });
    },
  };
}

/** Gives an instance weights of its own again; the others of its group go on together. */
export function separateWeights(id: string): Command {
  return {
    label: { key: 'separate-weights' },
    apply(document) {
      if (!document.nodes.some((node) => node.id === id)) return nodeNotFound(id);
      return ok({ ...document, nodes: [...withoutMember(document.nodes, id)] });
    },
  };
}

/** Makes an instance independent: of a definition of its own, which may be changed without the others. */
export function detachInstance(id: string): Command {
  return {
    label: { key: 'detach-block' },
    apply(document): Result<GraphDocument, Problem> {
      const node = document.nodes.find((other) => other.id === id);
      const block = node && blockOf(document, node);
      if (!node || !block) return nodeNotFound(id);
      const copy = nextBlockId(document, block.id);
      const number = /\d+$/.exec(copy)?.[0] ?? '';
      const title = `${(block.title ?? block.id).replace(/ \d+$/, '')} ${number}`.trim();
      const nodes = withoutMember(document.nodes, id);
      return ok({
        ...document,
        nodes: nodes.map((other) => (other.id === id ? withBlock(other, copy) : other)),
        blocks: [...(document.blocks ?? []), { ...block, id: copy, title }],
      });
    },
  };
}

/** Copies of instances that use the weights of those they were copied from. */
export function duplicateLinked(ids: readonly string[], offset: Point): Command {
  return {
    label: { key: 'duplicate-linked', data: { count: ids.length } },
    apply(document): Result<GraphDocument, Problem> {
      const chosen = document.nodes.filter((node) => ids.includes(node.id) && blockOf(document, node));
      if (chosen.length === 0) return fail({ code: 'not-a-block', severity: 'error', data: { node: '' } });
      let nodes = document.nodes;
      for (const node of chosen) {
        const id = nextNodeId({ ...document, nodes }, String(node.params.block));
        const position = { x: node.position.x + offset.x, y: node.position.y + offset.y };
        nodes = [...nodes, { ...sharing(node, groupOwner(nodes, node.id)), id, position }];
      }
      return ok({ ...document, nodes });
    },
  };
}
