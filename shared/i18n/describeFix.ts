import { definitionOf } from '../graph/definitionOf.ts';
import type { GraphDocument } from '../graph/document.ts';
import { findNode, nodeTitle } from '../graph/selectors.ts';
import type { Fix } from '../protocol/problem.ts';
import { definitionText, nodeText } from './nodeTexts.ts';

/** The text of a fix's button: a key under `fixes` with its data. */
export function describeFix(
  fix: Fix,
  document: GraphDocument,
): { readonly key: Fix['kind']; readonly data: Readonly<Record<string, string>> } {
  const titleOf = (id: string): string => {
    const node = findNode(document, id);
    return node ? nodeTitle(node, document) : id;
  };
  switch (fix.kind) {
    case 'insert-node':
    case 'add-node':
      return {
        key: fix.kind,
        data: { node: nodeText(fix.nodeKind)?.title ?? fix.nodeKind },
      };
    case 'set-param': {
      const node = findNode(document, fix.nodeId);
      const definition = node && definitionOf(document, node);
      const text = definition && definitionText(definition).params[fix.param];
      const value = typeof fix.value === 'string' ? fix.value : JSON.stringify(fix.value);
      return {
        key: fix.kind,
        data: {
          param: (text?.label ?? fix.param).toLowerCase(),
          value: text?.options?.[value]?.toLowerCase() ?? value,
        },
      };
    }
    case 'connect':
      return { key: fix.kind, data: { node: titleOf(fix.from[0]) } };
    case 'add-variable':
      return { key: fix.kind, data: { name: fix.name } };
    case 'remove-edge':
      return { key: fix.kind, data: {} };
    case 'remove-node':
      return { key: fix.kind, data: { node: titleOf(fix.nodeId) } };
  }
}
