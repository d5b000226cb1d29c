import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { blockFace } from '#shared/graph/blockFace.ts';
import { setTitle } from '#shared/graph/commands.ts';
import { type BlockDefinition, blockParamsSchema, type NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { edit } from '../canvas/canvasApi.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { NodeFacts } from './Facts.tsx';
import { FrozenField } from './FrozenField.tsx';

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
  const { icon, category, text } = blockFace(block, useDocumentStore.getState().document?.blocks);
  const analysis = useDocumentStore((state) => state.graphAnalysis.nodes.get(node.id));
  const resolved = useDocumentStore(({ document }) => document && resolvedNode(node, document).params);
  const params = blockParamsSchema.safeParse(resolved);
  const shared = params.success ? params.data.shareWith : undefined;
  return (
    <div className="contents" style={categoryStyle(category)}>
      <div className="ins-h">
        <Glyph icon={icon} size={17} />
        <div className="min-w-0 flex-1">
          <h2 className="sr-only">{node.title ?? text.title}</h2>
          <input
            aria-label={t('inspector.name')}
            title={t('inspector.nameHelp', { title: text.title })}
            placeholder={text.title}
            value={node.title ?? ''}
            onChange={(event) => edit(setTitle(node.id, event.target.value))}
          />
          <p>
            {t('inspector.block', { title: text.title })} · {node.id}
          </p>
        </div>
      </div>
      <div className="ins-body">
        {children}
        <section className="sec">
          {text.description !== '' && <p className="hint mb-2">{text.description}</p>}
          <p className="hint">
            {t('inspector.blockRepeat', { count: params.success ? params.data.repeat : 1 })}{' '}
            {shared !== undefined && t('inspector.blockShares', { node: shared })}
          </p>
          <FrozenField nodes={[node]} />
        </section>
        <section className="sec">
          <h3>{t('inspector.blockInside')}</h3>
          <ul>
            {block.nodes.map(({ id, kind, title }) => {
              const inner = findNodeDefinition(kind);
              return (
                <li key={id} className="flex items-center gap-2 py-1" style={categoryStyle(inner?.category)}>
                  <Glyph icon={inner?.icon} size={12} />
                  {title ?? nodeText(kind)?.title ?? id}
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
