import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { addNode } from '#shared/graph/commands.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import type { DatasetNode } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { nodeText } from '../../i18n/nodeText.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { useLookedData } from '../../stores/lookedData.ts';
import { useSelectionStore } from '../../stores/selectionStore.ts';
import { DataOverview } from './DataOverview.tsx';
import { OwnData } from './OwnData.tsx';
import { SampleGrid } from './SampleGrid.tsx';
import { type PreviewRequest, usePreview } from './usePreview.ts';

/** What to ask for: nothing of tables, which show their rows, nor of pictures that were not looked at. */
function requestFor(
  found: { readonly node: NodeInstance; readonly definition: DatasetNode } | null,
  hash: string | undefined,
): PreviewRequest | null {
  if (!found) return null;
  const { loader, picks } = found.definition;
  const { params } = found.node;
  if (!picks) return { loader, params };
  if (picks.kind === 'file' || hash === undefined) return null;
  // The order of training changes nothing that is seen.
  const { shuffle: _, ...deciding } = params;
  return { loader, params: deciding, own: hash };
}

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
  const pictures = useLookedData(found?.definition.picks?.kind === 'folder' ? found.node.id : null)?.found;
  const text = found ? nodeText(found.node.kind) : undefined;
  const preview = usePreview(requestFor(found, pictures?.file?.hash));
  return (
    <DataOverview
      name={found ? nodeTitle(found.node) : null}
      description={text?.description ?? ''}
      ports={text?.ports ?? {}}
      facts={facts}
      preview={preview}
      {...(found?.definition.picks && {
        own: (
          <OwnData node={found.node} definition={found.definition}>
            {pictures?.report && <SampleGrid preview={preview} large />}
          </OwnData>
        ),
      })}
      onAdd={() => runCommand(addNode({ kind: 'mnist', position: { x: 0, y: 0 } }))}
    />
  );
}
