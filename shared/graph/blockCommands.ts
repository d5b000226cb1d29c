import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { instancesOf } from './blockInstances.ts';
import { freePortId, innerParams } from './blockPorts.ts';
import type { Command } from './command.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  type BlockParam,
  blockParamsSchema,
  type Edge,
  type GraphDocument,
} from './document.ts';

/** Changes a definition, and so every instance of it. */
function changeBlock(
  document: GraphDocument,
  blockId: string,
  change: (block: BlockDefinition) => BlockDefinition,
): Result<GraphDocument, Problem> {
  const block = document.blocks?.find(({ id }) => id === blockId);
  if (!block) return fail({ code: 'block-not-found', severity: 'error', data: { block: blockId } });
  const changed = change(block);
  if (changed === block) return ok(document);
  return ok({
    ...document,
    blocks: document.blocks?.map((other) => (other === block ? changed : other)) ?? [],
  });
}

type Look = Partial<Pick<BlockDefinition, 'title' | 'description' | 'icon' | 'category'>>;

/** What a block is called and looks like. */
export function changeBlockLook(blockId: string, look: Look): Command {
  const keys = Object.keys(look).toSorted();
  return {
    label: { key: 'change-block' },
    mergeKey: `block:${blockId}:${keys.join(',')}`,
    apply: (document) => changeBlock(document, blockId, (block) => ({ ...block, ...look })),
  };
}

export type PortSide = 'inputs' | 'outputs';

/** A port of a block: `node` is the id of its definition. */
interface PortPlace {
  readonly block: string;
  readonly side: PortSide;
  readonly port: string;
}

const withPorts = (
  block: BlockDefinition,
  side: PortSide,
  ports: readonly { id: string }[],
): BlockDefinition => ({ ...block, [side]: ports }) as BlockDefinition;

/** Names a port. Its id stays, so that wires and files keep it. */
export function renamePort({ block, side, port }: PortPlace, title: string): Command {
  return {
    label: { key: 'rename-port' },
    mergeKey: `port:${block}:${port}`,
    apply: (document) =>
      changeBlock(document, block, (found) =>
        withPorts(
          found,
          side,
          found[side].map((other) => (other.id === port ? { ...other, title: title.slice(0, 200) } : other)),
        ),
      ),
  };
}

function moved<T extends { readonly id: string }>(list: readonly T[], id: string, by: 1 | -1): readonly T[] {
  const at = list.findIndex((item) => item.id === id);
  const item = list[at];
  const to = at + by;
  if (!item || to < 0 || to >= list.length) return list;
  return list.toSpliced(at, 1).toSpliced(to, 0, item);
}

/** Moves a port up or down among those of its side. */
export function movePort({ block, side, port }: PortPlace, by: 1 | -1): Command {
  return {
    label: { key: 'move-port' },
    apply: (document) =>
      changeBlock(document, block, (found) => {
        const ports = moved<{ id: string }>(found[side], port, by);
        return ports === found[side] ? found : withPorts(found, side, ports);
      }),
  };
}

/** Takes a port away, with the wires to it at every instance. */
export function removePort({ block, side, port }: PortPlace): Command {
  return {
    label: { key: 'remove-port' },
    apply(document) {
      const end = side === 'inputs' ? 'to' : 'from';
      const kept = (graph: Pick<GraphDocument, 'nodes' | 'edges'>): Edge[] => {
        const instances = new Set(
          graph.nodes
            .filter(({ kind, params }) => kind === BLOCK_KIND && params.block === block)
            .map(({ id }) => id),
        );
        const edges = graph.edges.filter(
          (edge) => !(instances.has(edge[end].node) && edge[end].port === port),
        );
        return edges.length === graph.edges.length ? graph.edges : edges;
      };
      const removed = changeBlock(document, block, (found) =>
        withPorts(
          found,
          side,
          found[side].filter(({ id }) => id !== port),
        ),
      );
      if (!removed.ok) return removed;
      return ok({
        ...removed.value,
        edges: kept(document),
        blocks: removed.value.blocks?.map((other) => ({ ...other, edges: kept(other) })) ?? [],
      });
    },
  };
}

/** The parameter of a block by which one of a node inside is set; undefined where that is set inside. */
export function exposedBy(block: BlockDefinition, node: string, param: string): BlockParam | undefined {
  return block.params?.find((own) =>
    innerParams(own).some((place) => place.node === node && place.param === param),
  );
}

/** Lets every instance of a block set a parameter of a node inside. */
export function exposeParam(block: string, node: string, param: string): Command {
  return {
    label: { key: 'expose-param', data: { param } },
    apply: (document) =>
      changeBlock(document, block, (found) => {
        const params = found.params ?? [];
        if (exposedBy(found, node, param)) return found;
        const reserved = Object.keys(blockParamsSchema.shape).map((id) => ({ id }));
        return {
          ...found,
          params: [...params, { id: freePortId([...params, ...reserved], param), node, param }],
        };
      }),
  };
}

/** Sets a parameter of a node inside along with one that instances set already. */
export function joinParam(block: string, id: string, node: string, param: string): Command {
  return {
    label: { key: 'expose-param', data: { param } },
    apply: (document) =>
      changeBlock(document, block, (found) => ({
        ...found,
        params: (found.params ?? []).map((own) =>
          own.id === id && !exposedBy(found, node, param)
            ? { ...own, also: [...(own.also ?? []), { node, param }] }
            : own,
        ),
      })),
  };
}

/** The parameter is one of the node inside again; what instances had set is given up. */
export function concealParam(block: string, { id, param }: Pick<BlockParam, 'id' | 'param'>): Command {
  return {
    label: { key: 'conceal-param', data: { param } },
    apply(document) {
      const result = changeBlock(document, block, (found) => ({
        ...found,
        params: (found.params ?? []).filter((param) => param.id !== id),
      }));
      if (!result.ok) return result;
      const affected = new Set(instancesOf(document, block).filter(({ params }) => id in params));
      if (affected.size === 0) return result;
      const cleared = <G extends Pick<GraphDocument, 'nodes'>>(graph: G): G => ({
        ...graph,
        nodes: graph.nodes.map((node) => {
          if (!affected.has(node)) return node;
          const { [id]: _, ...params } = node.params;
          return { ...node, params };
        }),
      });
      return ok({ ...cleared(result.value), blocks: result.value.blocks?.map(cleared) ?? [] });
    },
  };
}

/** Names a parameter of a block. */
export function renameBlockParam(block: string, id: string, title: string): Command {
  return {
    label: { key: 'rename-param' },
    mergeKey: `param:${block}:${id}`,
    apply: (document) =>
      changeBlock(document, block, (found) => ({
        ...found,
        params: (found.params ?? []).map((param) =>
          param.id === id ? { ...param, title: title.slice(0, 200) } : param,
        ),
      })),
  };
}

/** Removes a definition that has no instances. */
export function removeBlock(block: string): Command {
  return {
    label: { key: 'remove-block' },
    apply(document): Result<GraphDocument, Problem> {
      const count = instancesOf(document, block).length;
      if (count > 0) {
        return fail({ code: 'block-in-use', severity: 'error', data: { block, count } });
      }
      return ok({ ...document, blocks: (document.blocks ?? []).filter(({ id }) => id !== block) });
    },
  };
}
