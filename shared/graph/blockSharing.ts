import { BLOCK_KIND, type NodeInstance } from './document.ts';

const shareOf = ({ kind, params }: NodeInstance): string | undefined =>
  kind === BLOCK_KIND && typeof params.shareWith === 'string' ? params.shareWith : undefined;

/** An instance with the weights of another one, or with its own. */
export function sharing(node: NodeInstance, owner: string | undefined): NodeInstance {
  const { shareWith: _, ...params } = node.params;
  return { ...node, params: owner === undefined ? params : { ...params, shareWith: owner } };
}

/** Id of the instance that keeps the weights of the group that a node is in; its own where it is in none. */
export function groupOwner(nodes: readonly NodeInstance[], id: string): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  let at = id;
  while (!seen.has(at)) {
    seen.add(at);
    const node = byId.get(at);
    const next = node && shareOf(node);
    if (next === undefined || !byId.has(next)) return at;
    at = next;
  }
  return at;
}

/** Every instance that uses the same weights as this one, itself included. */
export function sharingGroup(nodes: readonly NodeInstance[], id: string): readonly string[] {
  const owner = groupOwner(nodes, id);
  return nodes
    .filter(
      (node) => node.id === owner || (shareOf(node) !== undefined && groupOwner(nodes, node.id) === owner),
    )
    .map((node) => node.id);
}

/** The nodes when one leaves its group, or the document: the others of the group go on together. */
export function withoutMember(nodes: readonly NodeInstance[], id: string): readonly NodeInstance[] {
  const others = new Set(sharingGroup(nodes, id).filter((member) => member !== id));
  if (others.size === 0) return nodes;
  const owner = groupOwner(nodes, id) === id ? [...others][0] : groupOwner(nodes, id);
  return nodes.map((node) => {
    if (node.id === id) return shareOf(node) === undefined ? node : sharing(node, undefined);
    if (!others.has(node.id) || shareOf(node) === (node.id === owner ? undefined : owner)) return node;
    return sharing(node, node.id === owner ? undefined : owner);
  });
}

/** The nodes when several leave. */
export const withoutMembers = (
  nodes: readonly NodeInstance[],
  ids: readonly string[],
): readonly NodeInstance[] =>
  nodes.some((node) => shareOf(node) !== undefined) ? ids.reduce(withoutMember, nodes) : nodes;
