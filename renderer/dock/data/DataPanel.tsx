import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { addNode } from '#shared/graph/commands.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { nodeText } from '../../i18n/nodeText.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { useSelectionStore } from '../../stores/selectionStore.ts';
import { DataOverview } from './DataOverview.tsx';
import { OwnData } from './OwnData.tsx';
import { usePreview } from './usePreview.ts';

/** The Data tab: the data node that is selected, else the graph's first. */
export function DataPanel() {
  useTranslation(); // Name and description follow the language.
  const document = useDocumentStore((store) => store.document);
  const selected = useSelectionStore((state) => state.nodeIds);
  const found = useMemo(() => {
    const all = (document?.nodes ?? []).flatMap((node) => {
      const definition = findNodeDefinition(node.kind);
      return definition?.role === 'dataset' && document
        ? [{ node: resolvedNode(node, document), definition }]
        : [];
    });
    return all.find(({ node }) => selected.has(node.id)) ?? all[0] ?? null;
  }, [document, selected]);
  const looked = useDocumentStore((store) => (found ? store.facts[found.node.id] : undefined));
  const params = found ? found.definition.params.safeParse(found.node.params) : null;
  const facts =
    found && params?.success ? (looked ?? found.definition.knownFacts?.(params.data) ?? null) : null;
  const preview = usePreview(
    found?.definition.picks ? null : (found?.definition.loader ?? null),
    found?.node.params ?? null,
  );
  return (
    <DataOverview
      name={found ? nodeTitle(found.node) : null}
      description={found ? (nodeText(found.node.kind)?.description ?? '') : ''}
      facts={facts}
      preview={preview}
      {...(found?.definition.picks && {
        own: <OwnData node={found.node} definition={found.definition} />,
      })}
      onAdd={() => runCommand(addNode({ kind: 'mnist', position: { x: 0, y: 0 } }))}
    />
  );
}
