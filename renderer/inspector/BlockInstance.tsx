import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { blockFace } from '#shared/graph/blockFace.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { type BlockDefinition, blockParamsSchema, type NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { CommandButton } from '../blocks/CommandButton.tsx';
import { ExposeParams } from '../blocks/ExposeParams.tsx';
import { nodeText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { NodeFacts } from './Facts.tsx';
import { FrozenField } from './FrozenField.tsx';
import { NodeName } from './NodeName.tsx';
import { ParamForm } from './ParamForm.tsx';

/** An instance of a block: its name, what it is made of, and its shapes. */
export function BlockInstance({
  node,
  block,
  children,
}: {
  readonly node: NodeInstance;
  readonly block: BlockDefinition;
  /** Its problems. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const blocks = useDocumentStore((state) => state.document?.blocks) ?? [];
  const { icon, category, text } = blockFace(block, blocks);
  const analysis = useDocumentStore((state) => state.graphAnalysis.nodes.get(node.id));
  const resolved = useDocumentStore(({ document }) => document && resolvedNode(node, document).params);
  const params = blockParamsSchema.safeParse(resolved);
  const shared = params.success ? params.data.shareWith : undefined;
  const graph = useDocumentStore((state) => state.graph);
  const titleOf = (id: string): string => {
    const other = graph && findNode(graph, id);
    return graph && other ? `${nodeTitle(other, graph)} (${id})` : id;
  };
  return (
    <div className="contents" style={categoryStyle(category)}>
      <div className="ins-h">
        <Glyph icon={icon} size={17} />
        <div className="min-w-0 flex-1">
          <NodeName node={node} standard={text.title} />
          <p>
            {t('inspector.block', { title: text.title })} · {node.id}
          </p>
        </div>
      </div>
      <div className="ins-body">
        {children}
        {(text.description !== '' || shared !== undefined) && (
          <section className="sec">
            {text.description !== '' && <p className="hint mb-2">{text.description}</p>}
            {shared !== undefined && (
              <p className="hint">{t('inspector.blockShares', { node: titleOf(shared) })}</p>
            )}
          </section>
        )}
        <section className="sec">
          <ParamForm nodes={[node]} />
          <FrozenField nodes={[node]} />
        </section>
        <ExposeParams node={node} />
        <section className="sec block-actions">
          {(['enter-block', 'save-block', 'detach-block', 'separate-weights', 'unpack-block'] as const).map(
            (id) => (
              <CommandButton key={id} id={id} />
            ),
          )}
        </section>
        <section className="sec">
          <h3>{t('inspector.blockInside')}</h3>
          <ul>
            {block.nodes.map((inner) => {
              const { id, kind, title } = inner;
              const definition = definitionOf({ blocks }, inner);
              return (
                <li
                  key={id}
                  className="flex items-center gap-2 py-1"
                  style={categoryStyle(definition?.category)}
                >
                  <Glyph icon={definition?.icon} size={12} />
                  {title ?? nodeText(kind)?.title ?? definition?.text.title ?? id}
                </li>
              );
            })}
          </ul>
        </section>
        <section className="sec">
          <h3>{t('inspector.facts')}</h3>
          <NodeFacts analysis={analysis} text={text} />
        </section>
      </div>
    </div>
  );
}
