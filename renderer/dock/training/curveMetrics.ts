import type { GraphDocument } from '#shared/graph/document.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';

export interface CurveMetric {
  readonly key: string;
  /** Null for the loss, which has a translated name. */
  readonly title: string | null;
  readonly format: 'percent' | 'number';
}

const known = new Map<string, CurveMetric>(
  nodeDefinitions.flatMap((definition) =>
    definition.role === 'metric'
      ? [
          [
            definition.metricKey,
            { key: definition.metricKey, title: definition.text.title, format: definition.format },
          ],
        ]
      : [],
  ),
);

/** How a metric of this key is titled and written, whatever graph it came from. */
export const describeMetric = (key: string): CurveMetric =>
  known.get(key) ?? { key, title: key === 'loss' ? null : key, format: 'number' };

/** The curves of a graph: its loss, then each kind of metric once, in the order of its nodes. */
export function curveMetrics(document: GraphDocument): CurveMetric[] {
  const keys = new Set(['loss']);
  for (const { kind } of document.nodes) {
    const definition = nodeDefinitions.find((candidate) => candidate.kind === kind);
    if (definition?.role === 'metric') keys.add(definition.metricKey);
  }
  return [...keys].map(describeMetric);
}
