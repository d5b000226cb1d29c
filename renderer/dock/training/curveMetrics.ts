import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { findNodeDefinition, nodeDefinitions } from '#shared/nodes/registry.ts';
import { nodeText } from '../../i18n/nodeText.ts';

export interface CurveMetric {
  readonly key: string;
  /** Null for the loss, which has a translated name. */
  readonly title: string | null;
  readonly format: 'percent' | 'number';
}

const known = new Map(
  nodeDefinitions.flatMap((definition) =>
    definition.role === 'metric' ? [[definition.metricKey, definition] as const] : [],
  ),
);

const lossesOfOptimizers = new Map<string, CurveMetric>();

/** The loss of one optimiser of several. */
function lossOf(node: NodeInstance): CurveMetric {
  const key = `loss (${node.id})`;
  const title = nodeTitle(node);
  const before = lossesOfOptimizers.get(key);
  if (before?.title === title) return before;
  const metric: CurveMetric = { key, title, format: 'number' };
  lossesOfOptimizers.set(key, metric);
  return metric;
}

// The same object as long as the language stays, so that charts are not drawn anew.
const described = new Map<string, CurveMetric>();

/** How a metric of this key is titled and written, whatever graph it came from. */
export function describeMetric(key: string): CurveMetric {
  const definition = known.get(key);
  const title = definition ? (nodeText(definition.kind)?.title ?? key) : key === 'loss' ? null : key;
  const before = described.get(key);
  if (before && before.title === title) return before;
  const metric: CurveMetric = { key, title, format: definition?.format ?? 'number' };
  described.set(key, metric);
  return metric;
}

/**
 * The curves of a graph: its loss, of several optimisers each one's under its name, then each kind of metric
 * once, in the order of its nodes.
 */
export function curveMetrics(document: GraphDocument): CurveMetric[] {
  const keys = new Set<string>();
  const optimizers = document.nodes.filter(({ kind }) => findNodeDefinition(kind)?.role === 'optimizer');
  const losses = optimizers.length > 1 ? optimizers.map((node) => lossOf(node)) : [describeMetric('loss')];
  for (const { kind } of document.nodes) {
    const definition = nodeDefinitions.find((candidate) => candidate.kind === kind);
    if (definition?.role === 'metric') keys.add(definition.metricKey);
  }
  return [...losses, ...[...keys].map(describeMetric)];
}
