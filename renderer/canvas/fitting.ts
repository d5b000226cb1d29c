import { portRefuses } from '#shared/compile/inferGraph.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { Edge } from '#shared/graph/document.ts';
import type { NodeDefinition, PortSpec } from '#shared/nodes/defineNode.ts';
import type { PortType } from '#shared/types/portType.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { documentIndex } from './documentIndex.ts';

type Endpoint = Edge['from'];

/** The end of a wire that is fixed while the other one is in hand. */
export interface FixedEnd {
  readonly at: Endpoint;
  /** `source`: the wire begins here, and a new node would take it in. */
  readonly side: 'source' | 'target';
}

function specOf(at: Endpoint, side: 'inputs' | 'outputs'): PortSpec | undefined {
  const { graph: document } = useDocumentStore.getState();
  const node = document ? documentIndex(document).nodes.get(at.node) : undefined;
  return document && node
    ? definitionOf(document, node)?.ports[side].find(({ id }) => id === at.port)
    : undefined;
}

const accepts = (port: PortSpec, type: PortType | undefined, spec: PortSpec | undefined): boolean =>
  type ? !portRefuses(port, type) : port.type === spec?.type;

/** The input of a node type that takes what comes out of a port; one that it needs before one it may have. */
function inputFor(definition: NodeDefinition, from: Endpoint): string | null {
  const type = useDocumentStore.getState().graphAnalysis.nodes.get(from.node)?.outputs[from.port];
  const spec = specOf(from, 'outputs');
  const fitting = definition.ports.inputs.filter((port) => accepts(port, type, spec));
  return (fitting.find(({ optional }) => !optional) ?? fitting[0])?.id ?? null;
}

/** The output of a node type that may go into a port. What it will carry is not known before it is wired. */
function outputFor(definition: NodeDefinition, to: Endpoint): string | null {
  const spec = specOf(to, 'inputs');
  return definition.ports.outputs.find(({ type }) => type === spec?.type)?.id ?? null;
}

/** The port by which a new node of this type would be wired to the end. Null where none fits. */
export function portFor(definition: NodeDefinition, { at, side }: FixedEnd): string | null {
  return side === 'source' ? inputFor(definition, at) : outputFor(definition, at);
}

export const fitsEnd =
  (end: FixedEnd) =>
  (definition: NodeDefinition): boolean =>
    portFor(definition, end) !== null;

/** The ports by which a node of this type would go into a wire. Null where it does not fit. */
export function portsWithin(
  definition: NodeDefinition,
  { from, to }: Edge,
): { readonly input: string; readonly output: string } | null {
  const input = inputFor(definition, from);
  const output = outputFor(definition, to);
  return input !== null && output !== null ? { input, output } : null;
}

/** Whether what comes out of a port may enter another one, by its type, or by its sort while that is not known. */
export function valueFits(from: Endpoint, to: Endpoint): boolean {
  const port = specOf(to, 'inputs');
  const type = useDocumentStore.getState().graphAnalysis.nodes.get(from.node)?.outputs[from.port];
  return port !== undefined && accepts(port, type, specOf(from, 'outputs'));
}
