import type { InternalNode } from '@xyflow/react';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { Box } from './wirePath.ts';

const cache = new WeakMap<GraphDocument, readonly Box[]>();

/** The places of a document's cards as React Flow measured them; once per document. */
export function cardBoxes(
  document: GraphDocument,
  measured: ReadonlyMap<string, InternalNode>,
): readonly Box[] {
  const known = cache.get(document);
  if (known) return known;
  let complete = true;
  const boxes = document.nodes.flatMap(({ id, position: { x, y } }): Box[] => {
    const { width, height } = measured.get(id)?.measured ?? {};
    if (width === undefined || height === undefined) {
      complete = false;
      return [];
    }
    return [{ id, left: x, top: y, right: x + width, bottom: y + height }];
  });
  if (complete) cache.set(document, boxes);
  return boxes;
}
