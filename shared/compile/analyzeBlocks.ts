import { placeOfPath } from '../graph/blockLevels.ts';
import { definitionOf } from '../graph/definitionOf.ts';
import { edgeId, type GraphDocument } from '../graph/document.ts';
import { findNode, nodeTitle } from '../graph/selectors.ts';
import { definitionText } from '../i18n/nodeTexts.ts';
import type { Fix, Problem } from '../protocol/problem.ts';
import type { PortType } from '../types/portType.ts';
import { sameShape } from '../types/shape.ts';
import { type BlockEnds, type Expansion, outerNodeId } from './expandBlocks.ts';
import type { InferredGraph } from './inferGraph.ts';
import type { NodeAnalysis } from './plan.ts';

/** Ids that a fix changes; those inside a block cannot be reached by it. */
function fixReaches(fix: Fix, document: GraphDocument): boolean {
  const ids = new Set(document.nodes.map(({ id }) => id));
  switch (fix.kind) {
    case 'add-variable':
      return true;
    case 'set-param':
    case 'remove-node':
      return ids.has(fix.nodeId);
    case 'insert-node':
    case 'remove-edge':
      return document.edges.some((edge) => edgeId(edge) === fix.edgeId);
    case 'connect':
      return ids.has(fix.from[0]) && ids.has(fix.to[0]);
    case 'add-node':
      return fix.connect.every(({ from, to }) =>
        [from[0], to[0]].every((id) => id === '$new' || ids.has(id)),
      );
  }
}

/** Port of the block through which a place inside is reached, if it is. */
function outerPort(ends: BlockEnds, node: string, port: string): string | undefined {
  for (const [id, places] of ends.inputs) {
    if (places.some((place) => place.node === node && place.port === port)) return id;
  }
  return undefined;
}

/** The parameter of the document's own instance by which one inside is set, if it is. */
function outerParam(nodeId: string, param: string, { paramsSetBy }: Expansion): string | undefined {
  let at = `${nodeId}#${param}`;
  for (let next = paramsSetBy.get(at); next !== undefined; next = paramsSetBy.get(at)) at = next;
  const [node = '', name] = at.split('#');
  return node.includes('/') ? undefined : name;
}

/** The fix as the document can carry it out: a parameter inside may be one of the instance. */
function outerFix(fix: Fix, expansion: Expansion, document: GraphDocument): Fix | undefined {
  if (fixReaches(fix, document)) return fix;
  if (fix.kind !== 'set-param') return undefined;
  const param = outerParam(fix.nodeId, fix.param, expansion);
  return param === undefined ? undefined : { ...fix, nodeId: outerNodeId(fix.nodeId), param };
}

/** What an instance and its port are called. */
function portNames(document: GraphDocument, id: string, port: string): { node: string; port: string } {
  const node = findNode(document, id);
  const definition = node && definitionOf(document, node);
  return {
    node: node ? nodeTitle(node, document) : id,
    port: (definition && definitionText(definition).ports[port]) ?? port,
  };
}

/** A problem of the expanded graph as one of the document: it stands on the instance and names the node inside. */
export function outerProblem(problem: Problem, expansion: Expansion, document: GraphDocument): Problem {
  const { nodeId, edgeId: innerEdge, port, param, fix, relatedNodeIds, ...rest } = problem;
  if (expansion.document === document) return problem;
  const outer = nodeId === undefined ? undefined : outerNodeId(nodeId);
  const within = nodeId !== undefined && nodeId !== outer;
  const ends = outer === undefined ? undefined : expansion.instances.get(outer);
  const place = ends && nodeId !== undefined && port !== undefined ? outerPort(ends, nodeId, port) : port;
  const wire = innerEdge === undefined ? undefined : outerEdgeId(innerEdge, expansion);
  const setting = within && param !== undefined ? outerParam(nodeId, param, expansion) : param;
  const mend = fix && outerFix(fix, expansion, document);
  if (problem.code === 'missing-input' && within && outer !== undefined && place !== undefined) {
    // What is missing is a wire to the instance: nothing inside is at fault.
    const { data, ...wanting } = rest;
    const wireTo: Fix | undefined = fix?.kind === 'connect' ? { ...fix, to: [outer, place] } : undefined;
    return {
      ...wanting,
      nodeId: outer,
      port: place,
      data: { ...data, ...portNames(document, outer, place) },
      ...(wireTo && fixReaches(wireTo, document) && { fix: wireTo }),
    };
  }
  return {
    ...rest,
    ...(outer !== undefined && { nodeId: outer }),
    ...(place !== undefined && { port: place }),
    ...(setting !== undefined && { param: setting }),
    ...(wire !== undefined && { edgeId: wire }),
    ...(relatedNodeIds && { relatedNodeIds: [...new Set(relatedNodeIds.map(outerNodeId))] }),
    ...(within && {
      inside: {
        nodeId,
        ...(port !== undefined && { port }),
        ...(param !== undefined && { param }),
        ...(innerEdge !== undefined && { edgeId: innerEdge }),
        ...(fix && { fix }),
      },
    }),
    ...(mend && { fix: mend }),
  };
}

/**
 * An input of an instance may lead to several places inside: that it has no wire is said once, as an error if it is
 * one. Of nodes in copies of a block all are told, and marked where an earlier copy has the same problem.
 */
export function withoutEchoes(problems: readonly Problem[], document: GraphDocument): readonly Problem[] {
  const missing = new Map<string, Problem>();
  const keyOf = ({ code, nodeId, port }: Problem): string | undefined =>
    code === 'missing-input' ? `${nodeId}.${port}` : undefined;
  for (const problem of problems) {
    const key = keyOf(problem);
    if (key !== undefined && missing.get(key)?.severity !== 'error') missing.set(key, problem);
  }
  const known = new Set<string>();
  return problems.flatMap((problem): readonly Problem[] => {
    const key = keyOf(problem);
    if (key !== undefined && missing.get(key) !== problem) return [];
    const { inside, code, severity } = problem;
    if (!inside) return [problem];
    const { level, nodeId } = placeOfPath(document, inside.nodeId);
    const way = level.map(({ instance }) => instance);
    const told = [code, severity, ...way, nodeId, inside.port, inside.param].join(' ');
    if (known.has(told)) return [{ ...problem, inside: { ...inside, again: true } }];
    known.add(told);
    return [problem];
  });
}

function outerEdgeId(id: string, { origins }: Expansion): string | undefined {
  for (const [edge, origin] of origins) if (edgeId(edge) === id) return edgeId(origin);
  return undefined;
}

/** Types on the document's own wires, out of those of the expanded one. */
export function outerEdges(
  edges: ReadonlyMap<string, PortType>,
  { origins }: Expansion,
): ReadonlyMap<string, PortType> {
  if (origins.size === 0) return edges;
  const outer = new Map(edges);
  for (const [edge, origin] of origins) {
    const type = edges.get(edgeId(edge));
    if (type) outer.set(edgeId(origin), type);
  }
  return outer;
}

/** What is known of each instance as a whole: the types at its ports, and the sums over what is inside. */
export function analyzeInstances(graph: InferredGraph, expansion: Expansion): Map<string, NodeAnalysis> {
  const found = new Map<string, NodeAnalysis>();
  if (expansion.instances.size === 0) return found;
  const inside = new Map<string, NodeAnalysis[]>();
  for (const [path, { analysis }] of graph.nodes) {
    const outer = outerNodeId(path);
    if (outer === path) continue;
    const list = inside.get(outer);
    if (list) list.push(analysis);
    else inside.set(outer, [analysis]);
  }
  for (const [id, ends] of expansion.instances) {
    const parts = inside.get(id) ?? [];
    const inputs: Record<string, readonly PortType[]> = {};
    for (const [port, places] of ends.inputs) {
      const [place] = places;
      const types = place && graph.nodes.get(place.node)?.analysis.inputs[place.port];
      if (types) inputs[port] = types;
    }
    const outputs: Record<string, PortType> = {};
    for (const [port, { node, port: inner }] of ends.outputs) {
      const type = graph.nodes.get(node)?.analysis.outputs[inner];
      if (type) outputs[port] = type;
    }
    const sum = (measure: (part: NodeAnalysis) => number) =>
      parts.reduce((total, part) => total + measure(part), 0);
    found.set(id, {
      nodeId: id,
      inputs,
      outputs,
      weights: {},
      parameterCount: sum((part) => part.parameterCount),
      flops: sum((part) => part.flops),
      activationBytes: sum((part) => part.activationBytes),
    });
  }
  return found;
}

/** Nodes that use each other's weights must have the same ones. */
export function sharedWeightProblems(graph: InferredGraph, { sharedWeights }: Expansion): Problem[] {
  const problems: Problem[] = [];
  for (const [path, owner] of sharedWeights) {
    const mine = graph.nodes.get(path)?.analysis.weights ?? {};
    const theirs = graph.nodes.get(owner)?.analysis.weights ?? {};
    for (const [name, { shape }] of Object.entries(mine)) {
      const other = theirs[name];
      if (!other || sameShape(shape, other.shape)) continue;
      const node = graph.index.nodes.get(path);
      problems.push({
        code: 'shared-weights-differ',
        severity: 'error',
        nodeId: path,
        relatedNodeIds: [owner],
        data: {
          node: node ? nodeTitle(node) : path,
          weight: name,
          expected: other.shape.join('×'),
          received: shape.join('×'),
        },
      });
    }
  }
  return problems;
}

/** Trainable numbers that instances share are counted once. */
export function countedTwice(graph: InferredGraph, { sharedWeights }: Expansion): number {
  let count = 0;
  for (const path of sharedWeights.keys()) count += graph.nodes.get(path)?.analysis.parameterCount ?? 0;
  return count;
}
