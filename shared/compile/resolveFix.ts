import { type Edge, edgeId } from '../graph/document.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { Fix } from '../protocol/problem.ts';
import type { PortType } from '../types/portType.ts';
import { sameShape } from '../types/shape.ts';
import { edgesAt, type GraphIndex } from './graphIndex.ts';

export interface FixContext {
  readonly index: GraphIndex;
  readonly outputs: (nodeId: string, port: string) => PortType | undefined;
}

/** The nearest node upstream that has the parameter; only nodes that keep the shape are passed. */
function ownerUpstream(context: FixContext, start: Edge, param: string): string | undefined {
  let edge: Edge | undefined = start;
  const seen = new Set<string>();
  while (edge && !seen.has(edge.from.node)) {
    const source: string = edge.from.node;
    seen.add(source);
    const node = context.index.nodes.get(source);
    const definition = node && findNodeDefinition(node.kind);
    if (!definition) return undefined;
    if (Object.hasOwn(definition.params.shape, param)) return source;
    const into: readonly Edge[] = edgesAt(context.index.incoming, source);
    const [only] = into;
    if (!only || into.length > 1) return undefined;
    const before = context.outputs(only.from.node, only.from.port);
    const after = context.outputs(source, edge.from.port);
    if (before?.type !== 'tensor' || after?.type !== 'tensor' || !sameShape(before.shape, after.shape)) {
      return undefined;
    }
    edge = only;
  }
  return undefined;
}

/** The first fix that applies, with the places filled in that a node cannot know (see NodeProblem.fix). */
export function resolveFix(
  context: FixContext,
  fixes: readonly Fix[],
  edge: Edge | undefined,
): Fix | undefined {
  for (const fix of fixes) {
    if ((fix.kind === 'insert-node' || fix.kind === 'remove-edge') && fix.edgeId === '') {
      if (edge) return { ...fix, edgeId: edgeId(edge) };
    } else if (fix.kind === 'set-param' && fix.nodeId === '') {
      const owner = edge && ownerUpstream(context, edge, fix.param);
      if (owner !== undefined) return { ...fix, nodeId: owner };
    } else return fix;
  }
  return undefined;
}
