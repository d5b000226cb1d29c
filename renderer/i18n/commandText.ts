import type { Command } from '#shared/graph/commands.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { i18n } from './i18n.ts';
import { nodeText } from './nodeText.ts';

/** What an edit did, in a few words: `Move 2 nodes`, `Change units of Dense`. */
export function commandText({ key, data }: Command['label']): string {
  const { graph: document } = useDocumentStore.getState();
  const node = document && typeof data?.node === 'string' ? findNode(document, data.node) : undefined;
  const param = typeof data?.param === 'string' ? data.param : undefined;
  // Of nodes that are gone meanwhile: what another kind calls it is nearer than its key.
  const kinds = [...(node ? [node.kind] : []), ...nodeDefinitions.map(({ kind }) => kind)];
  const label =
    param === undefined
      ? undefined
      : (kinds.map((kind) => nodeText(kind)?.params[param]?.label).find((text) => text !== undefined) ??
        param);
  return i18n.t(`commands.${key}`, {
    ...data,
    ...(node && { node: nodeTitle(node) }),
    ...(label !== undefined && { param: label.toLowerCase() }),
    defaultValue: key,
  });
}
