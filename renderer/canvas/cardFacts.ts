import type { NodeAnalysis } from '#shared/compile/plan.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import type { JsonObject } from '#shared/protocol/json.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { keyedFacts } from '../stores/keyedFacts.ts';
import { documentIndex } from './documentIndex.ts';
import { problemIndex } from './problemIndex.ts';

/** What a card shows of its node. */
export interface CardFacts {
  readonly node: NodeInstance;
  readonly definition: NodeDefinition | undefined;
  /** With numbers in place of expressions. */
  readonly params: JsonObject;
  readonly analysis: NodeAnalysis | undefined;
  readonly problems: readonly Problem[];
  readonly wired: WiredPorts;
}

/** The ports that have a wire, each with a space behind it. */
interface WiredPorts {
  readonly inputs: string;
  readonly outputs: string;
}

const noProblems: readonly Problem[] = [];
const noWires: WiredPorts = { inputs: '', outputs: '' };

export const isWired = (ports: string, port: string): boolean => ports.split(' ').includes(port);

function wiredPorts(
  graph: GraphDocument,
  id: string,
  definition: NodeDefinition | undefined,
  before: WiredPorts = noWires,
): WiredPorts {
  if (!definition) return noWires;
  const { wired } = documentIndex(graph);
  let inputs = '';
  let outputs = '';
  for (const port of definition.ports.inputs) if (wired.has(`>${id}.${port.id}`)) inputs += `${port.id} `;
  for (const port of definition.ports.outputs) if (wired.has(`${id}.${port.id}>`)) outputs += `${port.id} `;
  return inputs === before.inputs && outputs === before.outputs ? before : { inputs, outputs };
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || (a.length === b.length && a.every((value, index) => value === b[index]));

function isSame(a: CardFacts, b: CardFacts | undefined): boolean {
  return (
    b !== undefined &&
    a.node === b.node &&
    a.definition === b.definition &&
    a.params === b.params &&
    a.analysis === b.analysis &&
    a.problems === b.problems &&
    a.wired === b.wired
  );
}

/** What the facts that were worked out last have in common. */
let wires: GraphDocument['edges'] | undefined;
let blocks: GraphDocument['blocks'];
let variables: GraphDocument['variables'];

/** What the card of a node shows; undefined for one that is not there. */
export const useCardFacts = keyedFacts<CardFacts>(({ graph, document, graphAnalysis }, before) => {
  if (!graph || !document) return new Map();
  const { byNode } = problemIndex(graphAnalysis);
  const sameWires = wires === graph.edges;
  const sameRest = sameWires && blocks === graph.blocks && variables === document.variables;
  wires = graph.edges;
  blocks = graph.blocks;
  variables = document.variables;
  let changed = before.size !== graph.nodes.length;
  const after = new Map<string, CardFacts>();
  for (const node of graph.nodes) {
    const { id } = node;
    const old = before.get(id);
    const problems = byNode.get(id) ?? noProblems;
    const analysis = graphAnalysis.nodes.get(id);
    // Most are as they were, and the rest need not be looked at.
    if (old?.node === node && old.analysis === analysis && sameRest && sameList(old.problems, problems)) {
      after.set(id, old);
      continue;
    }
    const definition = definitionOf(graph, node);
    const facts: CardFacts = {
      node,
      definition,
      params: resolvedNode(node, document).params,
      analysis,
      problems: old && sameList(old.problems, problems) ? old.problems : problems,
      wired:
        old && sameWires && old.definition === definition
          ? old.wired
          : wiredPorts(graph, id, definition, old?.wired),
    };
    const same = isSame(facts, old);
    if (!same) changed = true;
    after.set(id, same && old ? old : facts);
  }
  return changed ? after : before;
});
