import { definitionText } from '../i18n/nodeTexts.ts';
import { definitionOf } from './definitionOf.ts';
import type { Edge, GraphDocument } from './document.ts';
import { findNode, nodeTitle } from './selectors.ts';

type Endpoint = Edge['from'];
type Side = 'inputs' | 'outputs';

/** What an inner port is called: by itself, and where others are called so. */
function namesOf(document: GraphDocument, { node: id, port }: Endpoint, side: Side) {
  const node = findNode(document, id);
  const definition = node && definitionOf(document, node);
  const title = node ? nodeTitle(node, document) : id;
  const own = (definition && definitionText(definition).ports[port]) ?? port;
  const several = (definition?.ports[side].length ?? 0) > 1;
  return { own, long: several ? `${title} ${own}` : title };
}

/** Names for the ports of a block: what the inner port is called, with the node's title where several are called so. */
export function portTitles(document: GraphDocument, ends: readonly Endpoint[], side: Side): string[] {
  const found = ends.map((end) => namesOf(document, end, side));
  return found.map(({ own, long }, index) =>
    found.some((other, at) => at !== index && other.own === own) ? long : own,
  );
}

/** The name for one more port, beside those that are there. */
export function newPortTitle(
  document: GraphDocument,
  end: Endpoint,
  side: Side,
  taken: readonly string[],
): string {
  const { own, long } = namesOf(document, end, side);
  let title = taken.includes(own) ? long : own;
  for (let number = 2; taken.includes(title); number++) title = `${long} ${number}`;
  return title;
}
