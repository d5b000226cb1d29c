import { type Level, openBlocks } from '#shared/graph/blockLevels.ts';
import type { Command } from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { i18n } from './i18n.ts';
import { definitionText, nodeText } from './nodeText.ts';

/** A step of the history: its label, and the document on one side of it. */
export interface Edit {
  readonly label: Command['label'];
  readonly document: GraphDocument;
}

const levelOf = (written: string): Level => written.split('/').map((instance) => ({ instance, copy: 1 }));

/** What an edit did, in a few words: `Move 2 nodes`, `Change units of Dense`. */
export function commandText({ label: { key, data }, document }: Edit): string {
  const level = typeof data?.level === 'string' ? levelOf(data.level) : [];
  const { nodes } = openBlocks(document, level).at(-1)?.block ?? document;
  const node = nodes.find(({ id }) => id === data?.node);
  const definition = node && definitionOf(document, node);
  const param = typeof data?.param === 'string' ? data.param : undefined;
  const own = param === undefined ? undefined : definition && definitionText(definition).params[param]?.label;
  // Where the node is not told: what any kind calls it is nearer than its key.
  const label =
    param === undefined || own !== undefined
      ? own
      : (nodeDefinitions
          .map(({ kind }) => nodeText(kind)?.params[param]?.label)
          .find((text) => text !== undefined) ?? param);
  return i18n.t(`commands.${key}`, {
    ...data,
    ...(node && { node: nodeTitle(node, document) }),
    ...(label !== undefined && { param: label.toLowerCase() }),
    defaultValue: key,
  });
}
