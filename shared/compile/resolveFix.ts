import { type Edge, edgeId } from '../graph/document.ts';
import type { NodeProblem } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { Fix } from '../protocol/problem.ts';
import type { PortType } from '../types/portType.ts';
import { sameShape } from '../types/shape.ts';
import { edgesAt, type GraphIndex } from './graphIndex.ts';
import { upstreamOf } from './reach.ts';

export interface FixContext {
  readonly index: GraphIndex;
  readonly outputs: (nodeId: string, port: string) => PortType | undefined;
}

interface Owner {
  readonly nodeId: string;
  readonly param: string;
}

/** The nearest node upstream that has one of the parameters; only nodes that keep the shape are passed. */
function ownerUpstream(context: FixContext, start: Edge, params: readonly string[]): Owner | undefined {
  let edge: Edge | undefined = start;
  const seen = new Set<string>();
  while (edge && !seen.has(edge.from.node)) {
    const source: string = edge.from.node;
    seen.add(source);
    const node = context.index.nodes.get(source);
    const definition = node && findNodeDefinition(node.kind);
    if (!definition) return undefined;
    const param = params.find((name) => Object.hasOwn(definition.params.shape, name));
    if (param !== undefined) return { nodeId: source, param };
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
      const owner = edge && ownerUpstream(context, edge, [fix.param]);
      if (owner) return { ...fix, nodeId: owner.nodeId };
    } else return fix;
  }
  return undefined;
}

/** Parameters that are the last dimension of what a node gives. */
const WIDTHS = ['units', 'filters'];

/** The first width that a node upstream decides for its wire and for no other wire of the port. */
export function resolveWidth(
  context: FixContext,
  widths: NonNullable<NodeProblem['widths']>,
  wires: readonly Edge[],
): Fix | undefined {
  for (const { wire, value } of widths) {
    const edge = wires[wire];
    const owner = edge && ownerUpstream(context, edge, WIDTHS);
    if (!owner) continue;
    const others = wires.filter((other) => other !== edge).map(({ from }) => from.node);
    if (!upstreamOf(context, others).has(owner.nodeId)) return { kind: 'set-param', ...owner, value };
  }
  return undefined;
}
