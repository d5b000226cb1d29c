import type { BlockDefinition, GraphDocument, NodeInstance } from './document.ts';
import { BLOCK_KIND } from './document.ts';
import { nextBlockId } from './makeBlock.ts';

/** A definition with those of the blocks inside it, the innermost first. */
export function blockWithInner(blocks: readonly BlockDefinition[], id: string): readonly BlockDefinition[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const found: BlockDefinition[] = [];
  const seen = new Set<string>();
  // Each once, however often it is used and however deep it lies.
  const toDo: (string | BlockDefinition)[] = [id];
  for (let next = toDo.pop(); next !== undefined; next = toDo.pop()) {
    if (typeof next !== 'string') {
      found.push(next);
      continue;
    }
    const block = seen.has(next) ? undefined : byId.get(next);
    if (!block) continue;
    seen.add(next);
    toDo.push(block);
    for (const { kind, params } of block.nodes.toReversed()) {
      if (kind === BLOCK_KIND) toDo.push(String(params.block));
    }
  }
  return found;
}

/** The definitions that these nodes are instances of, with those inside. */
export function blocksUsedBy(
  blocks: readonly BlockDefinition[],
  nodes: readonly NodeInstance[],
): readonly BlockDefinition[] {
  const used = nodes
    .filter(({ kind }) => kind === BLOCK_KIND)
    .flatMap(({ params }) => blockWithInner(blocks, String(params.block)));
  return [...new Set(used)];
}

/** Keys in one order, so that two definitions can be compared as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}
const textOf = (block: BlockDefinition): string => JSON.stringify(sorted(block));

export const withBlock = (node: NodeInstance, block: string): NodeInstance => ({
  ...node,
  params: { ...node.params, block },
});

/**
 * Takes definitions into a document. One that is there already, the same throughout, is not taken twice; one
 * whose id stands for something else gets another. `ids` says what each is called in the document.
 */
export function importBlocks(
  document: GraphDocument,
  added: readonly BlockDefinition[],
): { readonly blocks: readonly BlockDefinition[]; readonly ids: ReadonlyMap<string, string> } {
  const ids = new Map<string, string>();
  let blocks: readonly BlockDefinition[] = document.blocks ?? [];
  for (const block of added) {
    const renamed: BlockDefinition = {
      ...block,
      nodes: block.nodes.map((node) => {
        const inner = node.kind === BLOCK_KIND ? ids.get(String(node.params.block)) : undefined;
        return inner === undefined || inner === node.params.block ? node : withBlock(node, inner);
      }),
    };
    const present = blocks.find(({ id }) => id === block.id);
    if (present && textOf(present) === textOf(renamed)) {
      ids.set(block.id, block.id);
      continue;
    }
    const id = present ? nextBlockId({ blocks: [...blocks] }, block.id) : block.id;
    ids.set(block.id, id);
    blocks = [...blocks, { ...renamed, id }];
  }
  return { blocks, ids };
}
