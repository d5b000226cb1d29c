import { type Edge, edgeId, type GraphDocument, type NodeInstance } from '../graph/document.ts';
import { nodeTitle } from '../graph/selectors.ts';
import { nodeText } from '../i18n/nodeTexts.ts';
import type { NodeDefinition, NodeProblem, PortSpec } from '../nodes/defineNode.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { Problem } from '../protocol/problem.ts';
import { formatType, type PortType } from '../types/portType.ts';
import { edgesAt, type GraphIndex } from './graphIndex.ts';
import { graphStructure } from './graphStructure.ts';
import { type InferredNode, type InputTypes, inferNode } from './inferNode.ts';
import type { FactsByNode } from './plan.ts';
import { resolveFix, resolveWidth } from './resolveFix.ts';

/** A required input without a wire; what is done about it depends on the whole graph. */
export interface MissingInput {
  readonly node: NodeInstance;
  readonly port: PortSpec;
}

/** Everything inferred from the wires and the nodes, before the graph is judged as a whole. */
export interface InferredGraph {
  readonly document: GraphDocument;
  readonly index: GraphIndex;
  /** Topological. */
  readonly order: readonly string[];
  /** Nodes of known kinds. */
  readonly nodes: ReadonlyMap<string, InferredNode>;
  /** Type on each wire, by edge id. */
  readonly edges: ReadonlyMap<string, PortType>;
  readonly missing: readonly MissingInput[];
  readonly problems: readonly Problem[];
}

/** Why a value of this type cannot enter the port, or undefined where it can. */
export function portRefuses(port: PortSpec, type: PortType): 'type-mismatch' | 'dtype-mismatch' | undefined {
  if (port.type !== type.type) return 'type-mismatch';
  if (type.type === 'tensor' && port.dtypes && !port.dtypes.includes(type.dtype)) return 'dtype-mismatch';
  return undefined;
}

/** What a refused pair of port and type looks like in a Problem. */
export function mismatchData(port: PortSpec, type: PortType): { expected: string; received: string } {
  return port.type === 'tensor' && type.type === 'tensor'
    ? { expected: port.dtypes?.join(' / ') ?? 'tensor', received: type.dtype }
    : { expected: port.type, received: type.type };
}

class Inference {
  readonly nodes: Map<string, InferredNode>;
  readonly edges: Map<string, PortType>;
  readonly missing: MissingInput[] = [];
  readonly problems: Problem[] = [];
  /** Nodes of which something was found to be wrong or missing: what is said of them depends on others as well. */
  readonly told = new Set<string>();
  /** Nodes that came out otherwise than in the inference before. */
  private readonly changed = new Set<string>();

  constructor(
    private readonly index: GraphIndex,
    private readonly broken: ReadonlySet<Edge>,
    private readonly facts: FactsByNode,
    private readonly before: PastInference | undefined,
  ) {
    this.nodes = new Map(before?.nodes);
    this.edges = new Map(before?.edges);
  }

  visit(id: string): void {
    const node = this.index.nodes.get(id);
    if (!node || this.isKnown(node)) return;
    const found = this.missing.length + this.problems.length;
    const earlier = this.nodes.get(id);
    this.work(node);
    if (this.missing.length + this.problems.length > found) this.told.add(id);
    if (this.nodes.get(id) !== earlier) this.changed.add(id);
  }

  /** Whether all that a node's result is made from is as it was, and nothing had to be said of it. */
  private isKnown(node: NodeInstance): boolean {
    const { id } = node;
    const earlier = this.before?.index.nodes.get(id);
    if (!this.before || earlier?.params !== node.params) return false;
    if (this.before.told.has(id) || this.before.facts[id] !== this.facts[id]) return false;
    return (
      this.changed.size === 0 ||
      !edgesAt(this.index.incoming, id).some(({ from }) => this.changed.has(from.node))
    );
  }

  private work(node: NodeInstance): void {
    const { id } = node;
    const into = edgesAt(this.index.incoming, id);
    const definition = findNodeDefinition(node.kind);
    if (!definition) {
      this.problems.push({
        code: 'unknown-kind',
        severity: 'error',
        nodeId: id,
        data: { node: nodeTitle(node), kind: node.kind },
      });
      return;
    }
    const inputs = this.gather(node, definition, into);
    const complete = this.isComplete(node, definition, into, inputs);
    const inferred = inferNode(node, definition, inputs, complete, this.facts[id]);
    this.nodes.set(id, inferred);
    for (const problem of inferred.problems) this.report(node, into, problem);
  }

  readonly typeOf = (nodeId: string, port: string): PortType | undefined =>
    this.nodes.get(nodeId)?.analysis.outputs[port];

  /** Types that arrive, by port; a wire whose type does not fit is reported and brings nothing. */
  private gather(node: NodeInstance, definition: NodeDefinition, into: readonly Edge[]): InputTypes {
    const inputs: Record<string, PortType[]> = {};
    for (const edge of into) {
      const type = this.broken.has(edge) ? undefined : this.typeOf(edge.from.node, edge.from.port);
      const port = definition.ports.inputs.find(({ id }) => id === edge.to.port);
      if (!port) continue;
      const id = edgeId(edge);
      if (!type) {
        this.edges.delete(id);
        this.reportAbsent(node, edge);
        continue;
      }
      this.edges.set(id, type);
      const refusal = portRefuses(port, type);
      if (refusal) {
        this.problems.push({
          code: refusal,
          severity: 'error',
          nodeId: node.id,
          port: port.id,
          edgeId: id,
          relatedNodeIds: [edge.from.node],
          data: {
            from: this.titleOf(edge.from.node),
            to: nodeTitle(node),
            ...mismatchData(port, type),
            shape: formatType(type),
          },
          fix: { kind: 'remove-edge', edgeId: id },
        });
        continue;
      }
      const list = inputs[port.id];
      if (list) list.push(type);
      else inputs[port.id] = [type];
    }
    return inputs;
  }

  /** An output that a node has, but not with its present settings, e.g. the third of two parts. */
  private reportAbsent(node: NodeInstance, edge: Edge): void {
    const source = this.index.nodes.get(edge.from.node);
    const inferred = this.nodes.get(edge.from.node);
    const port =
      source && findNodeDefinition(source.kind)?.ports.outputs.find(({ id }) => id === edge.from.port);
    const sound =
      inferred &&
      Object.keys(inferred.analysis.outputs).length > 0 &&
      inferred.problems.every(({ severity }) => severity === 'warning');
    if (!port || !sound || this.broken.has(edge)) return;
    const id = edgeId(edge);
    const nameOf = (output: string): string => nodeText(source.kind)?.ports[output] ?? output;
    this.problems.push({
      code: 'output-unavailable',
      severity: 'error',
      nodeId: node.id,
      port: edge.to.port,
      edgeId: id,
      relatedNodeIds: [edge.from.node],
      data: {
        from: this.titleOf(edge.from.node),
        output: nameOf(port.id),
        given: Object.keys(inferred.analysis.outputs)
          .map((output) => `“${nameOf(output)}”`)
          .join(', '),
      },
      fix: { kind: 'remove-edge', edgeId: id },
    });
  }

  /** Whether `infer` has all it needs. An input without a wire is noted; one of unknown type was explained upstream. */
  private isComplete(
    node: NodeInstance,
    definition: NodeDefinition,
    into: readonly Edge[],
    inputs: InputTypes,
  ): boolean {
    let complete = true;
    for (const port of definition.ports.inputs) {
      const wires = into.filter(({ to }) => to.port === port.id).length;
      if (wires === 0 && !port.optional) this.missing.push({ node, port });
      if (wires === 0 ? !port.optional : (inputs[port.id]?.length ?? 0) < wires) complete = false;
    }
    return complete;
  }

  private report(node: NodeInstance, into: readonly Edge[], found: NodeProblem): void {
    const wires = into.filter(({ to }) => to.port === found.port);
    const edge = found.wire !== undefined ? wires[found.wire] : wires.length === 1 ? wires[0] : undefined;
    const context = { index: this.index, outputs: this.typeOf };
    const fixes = found.fix === undefined ? [] : [found.fix].flat();
    const fix = resolveWidth(context, found.widths ?? [], wires) ?? resolveFix(context, fixes, edge);
    this.problems.push({
      code: found.code,
      severity: found.severity ?? 'error',
      nodeId: node.id,
      ...(found.port !== undefined && { port: found.port }),
      ...(found.param !== undefined && { param: found.param }),
      ...(edge && { edgeId: edgeId(edge), relatedNodeIds: [edge.from.node] }),
      data: {
        node: nodeTitle(node),
        ...(edge && { from: this.titleOf(edge.from.node) }),
        ...found.data,
      },
      ...(fix && { fix }),
    });
  }

  private titleOf(id: string): string {
    const node = this.index.nodes.get(id);
    return node ? nodeTitle(node) : id;
  }
}

/** An inference as the next one begins from it. */
interface PastInference {
  readonly index: GraphIndex;
  readonly facts: FactsByNode;
  readonly nodes: ReadonlyMap<string, InferredNode>;
  readonly edges: ReadonlyMap<string, PortType>;
  readonly told: ReadonlySet<string>;
}

/**
 * The last inference. Of a graph with the same wiring only those nodes are inferred anew that hold something
 * else, whatever follows from them, and those of which something is to be said. Seen from outside, inference is pure.
 */
let latest: PastInference | undefined;

/** Types, weights and problems of every node, from the sources down; problems do not end the walk. */
export function inferGraph(document: GraphDocument, facts: FactsByNode): InferredGraph {
  const { index, order } = graphStructure(document);
  const { ids, brokenEdges, problems: cycles } = order;
  const before = latest?.index.incoming === index.incoming ? latest : undefined;
  const inference = new Inference(index, brokenEdges, facts, before);
  for (const id of ids) inference.visit(id);
  const { nodes, edges, missing, problems, told } = inference;
  latest = { index, facts, nodes, edges, told };
  return {
    document,
    index,
    order: ids,
    nodes,
    edges,
    missing,
    problems: [...index.problems, ...cycles, ...problems],
  };
}
