import { BLOCK_KIND, type GraphDocument } from '../graph/document.ts';
import { resolveExpressions, withResolvedInstances } from '../graph/resolveExpressions.ts';
import type { DatasetNode } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { JsonObject } from '../protocol/json.ts';
import { expandBlocks } from './expandBlocks.ts';
import { withoutSwitchedOff } from './switchedOff.ts';

/** A data node whose file or folder must be looked at before anything is known of it. */
export interface PickedSource {
  /** Instance path: the key of its facts. */
  readonly path: string;
  readonly kind: string;
  readonly params: JsonObject;
  readonly definition: DatasetNode;
}

/** The data nodes of people's own files, those within blocks too. */
export function pickedSources(document: GraphDocument): readonly PickedSource[] {
  const own = document.nodes.some(({ kind }) => isPicked(kind) || kind === BLOCK_KIND);
  if (!own) return [];
  const instances = withResolvedInstances(withoutSwitchedOff(document)).document;
  const { nodes } = resolveExpressions(expandBlocks(instances).document, ({ kind }) =>
    isPicked(kind),
  ).document;
  return nodes.flatMap(({ id, kind, params }) => {
    const definition = findNodeDefinition(kind);
    return definition?.role === 'dataset' && definition.picks ? [{ path: id, kind, params, definition }] : [];
  });
}

const isPicked = (kind: string): boolean => {
  const definition = findNodeDefinition(kind);
  return definition?.role === 'dataset' && definition.picks !== undefined;
};
