import type { NodeText } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { i18n } from './i18n.ts';

/** Texts of a node type in the window's language; undefined for an unknown kind. */
export function nodeText(kind: string): NodeText | undefined {
  const translated: unknown = i18n.getResource(i18n.language, 'translation', `nodes.${kind}`);
  return (translated as NodeText | undefined) ?? findNodeDefinition(kind)?.text;
}
