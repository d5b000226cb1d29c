import { z } from 'zod';
import { jsonObjectSchema, jsonValueSchema } from './json.ts';

/**
 * An expected failure as a value: what is wrong, where, and what would mend it.
 * `code` selects the text (`problems.<code>` in shared/i18n, an ICU message fed with `data`).
 * Where two shapes disagree, `data.expected` and `data.received` hold them as text.
 */
export const fixSchema = z.discriminatedUnion('kind', [
  /** Put a new node into an existing wire. */
  z.object({
    kind: z.literal('insert-node'),
    nodeKind: z.string(),
    params: jsonObjectSchema,
    edgeId: z.string(),
  }),
  z.object({ kind: z.literal('set-param'), nodeId: z.string(), param: z.string(), value: jsonValueSchema }),
  z.object({ kind: z.literal('remove-edge'), edgeId: z.string() }),
  z.object({ kind: z.literal('remove-node'), nodeId: z.string() }),
  /** Add a node and wire it: `connect` lists edges in which `'$new'` is the new node's id. */
  z.object({
    kind: z.literal('add-node'),
    nodeKind: z.string(),
    params: jsonObjectSchema,
    connect: z.array(
      z.object({ from: z.tuple([z.string(), z.string()]), to: z.tuple([z.string(), z.string()]) }),
    ),
  }),
  z.object({
    kind: z.literal('connect'),
    from: z.tuple([z.string(), z.string()]),
    to: z.tuple([z.string(), z.string()]),
  }),
  z.object({ kind: z.literal('add-variable'), name: z.string(), value: z.number() }),
]);
export type Fix = z.infer<typeof fixSchema>;

export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  nodeId: z.string().optional(),
  port: z.string().optional(),
  param: z.string().optional(),
  edgeId: z.string().optional(),
  /** Name of the graph's variable that is meant. */
  variable: z.string().optional(),
  /** Every node involved in addition to `nodeId` (the other end of a wire, the members of a cycle). */
  relatedNodeIds: z.array(z.string()).optional(),
  /** Where it stands within a block, by instance paths; `nodeId` is then the instance in the document. */
  inside: z
    .object({
      nodeId: z.string(),
      port: z.string().optional(),
      param: z.string().optional(),
      edgeId: z.string().optional(),
      fix: fixSchema.optional(),
      /** It was told of an earlier copy of the same node already. */
      again: z.literal(true).optional(),
    })
    .optional(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  fix: fixSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export type Result<T, E = Problem> = { ok: true; value: T } | { ok: false; error: E };
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = <E>(error: E): { ok: false; error: E } => ({ ok: false, error });
