import { definitionOf } from '../graph/definitionOf.ts';
import { type Edge, edgeId, type GraphDocument } from '../graph/document.ts';
import { findNode, nodeTitle } from '../graph/selectors.ts';
import { checkWire, replacedEdges } from '../graph/wiring.ts';
import { fail, type Problem, type Result } from '../protocol/problem.ts';
import { formatType } from '../types/portType.ts';
import { mismatchData, portRefuses } from './inferGraph.ts';
import type { Analysis } from './plan.ts';

/**
 * Whether a wire may be drawn from an output to an input, with the reason where it may not. An input
 * that takes one wire and has it gives it up for the new one (`connect` does so); pass
 * `replace: false` to have that refused as `port-occupied`. A wire whose shape does not suit the node
 * is not refused: it shows a Problem with a fix, e.g. to insert a Flatten.
 */
export function checkConnection(
  document: GraphDocument,
  analysis: Analysis,
  from: Edge['from'],
  to: Edge['to'],
  { replace = true }: { replace?: boolean } = {},
): Result<null, Problem> {
  const checked = checkWire(document, from, to);
  if (!checked.ok) return checked;
  const target = findNode(document, to.node);
  const port = target && definitionOf(document, target)?.ports.inputs.find(({ id }) => id === to.port);
  if (!target || !port) return checked;
  const place = { severity: 'error' as const, nodeId: to.node, port: to.port, relatedNodeIds: [from.node] };

  const type = analysis.nodes.get(from.node)?.outputs[from.port];
  const refusal = type && portRefuses(port, type);
  if (type && refusal) {
    const source = findNode(document, from.node);
    return fail({
      ...place,
      code: refusal,
      data: {
        from: source ? nodeTitle(source, document) : from.node,
        to: nodeTitle(target, document),
        ...mismatchData(port, type),
        shape: formatType(type),
      },
    });
  }
  // Of thousands of ports that a wire in hand is tried on, all but this is cheap.
  const occupant = replace ? undefined : replacedEdges(document, to)[0];
  if (occupant) {
    return fail({
      ...place,
      code: 'port-occupied',
      edgeId: edgeId(occupant),
      data: { node: nodeTitle(target, document), port: to.port },
    });
  }
  return checked;
}
