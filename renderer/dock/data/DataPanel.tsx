import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { resolvedNode } from '#shared/compile/resolveExpressions.ts';
import { addNode } from '#shared/graph/commands.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { nodeText } from '../../i18n/nodeText.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { DataOverview } from './DataOverview.tsx';
import { usePreview } from './usePreview.ts';

/** The Data tab: the graph's first data node. */
export function DataPanel() {
  useTranslation(); // Name and description follow the language.
  const document = useDocumentStore((store) => store.document);
  const found = useMemo(() => {
    for (const node of document?.nodes ?? []) {
      const definition = findNodeDefinition(node.kind);
      if (document && definition?.role === 'dataset')
        return { node: resolvedNode(node, document), definition };
    }
    return null;
  }, [document]);
  const params = found ? found.definition.params.safeParse(found.node.params) : null;
  const facts = found && params?.success ? (found.definition.knownFacts?.(params.data) ?? null) : null;
  const preview = usePreview(found?.definition.loader ?? null, found?.node.params ?? null);
  return (
    <DataOverview
      name={found ? nodeTitle(found.node) : null}
      description={found ? (nodeText(found.node.kind)?.description ?? '') : ''}
      facts={facts}
      preview={preview}
      onAdd={() => runCommand(addNode({ kind: 'mnist', position: { x: 0, y: 0 } }))}
    />
  );
}
