import { z } from 'zod';
import { BLOCK_KIND, type BlockDefinition, blockSchema } from '../graph/document.ts';

/** Definitions of which each comes after those that it has instances of; the last is the block that is meant. */
function isComplete(definitions: readonly BlockDefinition[]): boolean {
  const known = new Set<unknown>();
  for (const { id, nodes } of definitions) {
    if (known.has(id)) return false;
    if (nodes.some(({ kind, params }) => kind === BLOCK_KIND && !known.has(params.block))) return false;
    if (new Set(nodes.map((node) => node.id)).size < nodes.length) return false;
    known.add(id);
  }
  return true;
}

/** A block with those inside it: in an order in which none can contain itself. */
export const blockBundleSchema = z
  .array(blockSchema)
  .min(1)
  .max(100)
  .refine(isComplete, 'a block must come after those inside it, and ids must differ');

/** A block of the personal library. */
export const savedBlockSchema = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  savedAt: z.string(),
  definitions: blockBundleSchema,
});
export type SavedBlock = z.infer<typeof savedBlockSchema>;
