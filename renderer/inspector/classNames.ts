import type { NodeAnalysis } from '#shared/compile/plan.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';

/** More than a person fills in one by one. */
const MOST = 50;

/** The classes that a loss tells apart, by name where the labels have names; null where they are not known, or too many. */
export function classNames(
  node: NodeInstance,
  document: GraphDocument,
  analysis: NodeAnalysis | undefined,
): readonly string[] | null {
  const types = (definitionOf(document, node)?.ports.inputs ?? []).flatMap(
    ({ id }) => analysis?.inputs[id]?.[0] ?? [],
  );
  for (const type of types) {
    const meaning = type.type === 'tensor' ? type.meaning : undefined;
    if (meaning?.kind === 'class') return meaning.labels.length <= MOST ? meaning.labels : null;
  }
  const [scores] = types;
  const width = scores?.type === 'tensor' ? scores.shape.at(-1) : undefined;
  return typeof width === 'number' && width <= MOST
    ? Array.from({ length: width }, (_, index) => `${index}`)
    : null;
}
