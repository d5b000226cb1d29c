import type { NodeDefinition, PortSpec } from '../nodes/defineNode.ts';
import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { INPUTS_ID, NEW_PORT, OUTPUTS_ID } from './blockPorts.ts';
import { definitionOf } from './definitionOf.ts';
import { type Edge, edgeId, type GraphDocument } from './document.ts';
import { findNode, nodeTitle } from './selectors.ts';
import { hasWire, leadsTo } from './wiringIndex.ts';

type Endpoint = Edge['from'];

interface PortFound {
  readonly definition: NodeDefinition | undefined;
  readonly title: string;
  /** Absent where the kind is unknown: a placeholder's ports are taken on trust. */
  readonly input: PortSpec | undefined;
  readonly output: PortSpec | undefined;
}

function findPort(document: GraphDocument, at: Endpoint): PortFound | undefined {
  const node = findNode(document, at.node);
  if (!node) return undefined;
  const definition = definitionOf(document, node);
  return {
    definition,
    title: nodeTitle(node, document),
    input: definition?.ports.inputs.find(({ id }) => id === at.port),
    output: definition?.ports.outputs.find(({ id }) => id === at.port),
  };
}

/**
 * Whether a wire could exist by the form of the graph alone: both ends exist, it runs from an output
 * to an input of the same sort, not to its own node, not twice, and closes no cycle. An occupied
 * input is no obstacle: `connect` replaces its wire.
 */
export function checkWire(document: GraphDocument, from: Endpoint, to: Endpoint): Result<null, Problem> {
  const refuse = (code: string, data: Problem['data'] = {}): Result<null, Problem> =>
    fail({
      code,
      severity: 'error',
      nodeId: to.node,
      port: to.port,
      relatedNodeIds: [from.node],
      data,
    });

  const source = findPort(document, from);
  const target = findPort(document, to);
  if (!source) return refuse('node-not-found', { id: from.node });
  if (!target) return refuse('node-not-found', { id: to.node });
  const names = { from: source.title, to: target.title };
  if (from.node === to.node) return refuse('wire-to-itself', names);
  if (from.node === INPUTS_ID && to.node === OUTPUTS_ID) return refuse('block-port-to-port');

  if (source.definition && !source.output) {
    if (!source.input) return refuse('port-not-found', { node: source.title, port: from.port });
    return refuse(target.input ? 'input-to-input' : 'wrong-direction', names);
  }
  if (target.definition && !target.input) {
    if (!target.output) return refuse('port-not-found', { node: target.title, port: to.port });
    return refuse('output-to-output', names);
  }
  const free = from.port === NEW_PORT || to.port === NEW_PORT;
  if (!free && source.output && target.input && source.output.type !== target.input.type) {
    return refuse('type-mismatch', {
      ...names,
      expected: target.input.type,
      received: source.output.type,
    });
  }
  if (hasWire(document, edgeId({ from, to }))) return refuse('already-connected', names);
  if (leadsTo(document, to.node, from.node)) return refuse('would-close-cycle', names);
  return ok(null);
}

/** The wires that a new wire into this input takes the place of: none where it takes several. */
export function replacedEdges(document: GraphDocument, to: Endpoint): readonly Edge[] {
  if (findPort(document, to)?.input?.multiple) return [];
  if (!findPort(document, to)?.definition) return [];
  return document.edges.filter((edge) => edge.to.node === to.node && edge.to.port === to.port);
}
