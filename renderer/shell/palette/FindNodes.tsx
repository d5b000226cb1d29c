import { useTranslation } from 'react-i18next';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { focusSelectedSoon } from '../../canvas/canvasFocus.ts';
import { useDocumentStore } from '../../stores/documentStore.ts';
import { revealInDocument } from '../../stores/levels.ts';
import { categoryStyle, Glyph } from '../../ui/Glyph.tsx';
import { findNodes } from './findNodes.ts';
import { type PickItem, QuickPick } from './QuickPick.tsx';

/** Finds nodes of the open graph; the one chosen is selected and brought into view. */
export function FindNodes({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const document = useDocumentStore((store) => store.document);
  const problems = useDocumentStore((store) => store.analysis.problems);
  if (!document) return null;
  const find = (query: string): readonly PickItem[] =>
    findNodes(document, problems, query).map(({ node, block, title, note, problem }) => {
      const definition = definitionOf(document, node);
      return {
        id: JSON.stringify([node.id, block?.id]),
        title,
        note,
        icon: (
          <span style={categoryStyle(definition?.category)}>
            <Glyph icon={definition?.icon} />
          </span>
        ),
        end: problem && <i className="led danger" />,
      };
    });
  return (
    <QuickPick
      title={t('find.title')}
      placeholder={t('find.placeholder')}
      find={find}
      none={(query) => t('find.none', { query })}
      foot={(count) => t('find.count', { count })}
      onChoose={(id) => {
        onClose();
        const [nodeId, blockId] = JSON.parse(id) as [string, string | null];
        revealInDocument(nodeId, blockId ?? undefined);
        focusSelectedSoon();
      }}
      onClose={onClose}
    />
  );
}
