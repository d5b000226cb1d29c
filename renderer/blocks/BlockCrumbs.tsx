import { Box, ChevronLeft, ChevronRight, Network } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { openBlocks } from '#shared/graph/blockLevels.ts';
import { instancesOf } from '#shared/graph/commands.ts';
import { repeatsOf } from '#shared/graph/repeatsOf.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { leaveTo, showCopy } from '../stores/levels.ts';
import { IconButton } from '../ui/Button.tsx';

/** Which graph is on the canvas: the way from the document into the block that is open, each step of which leads back. */
export function BlockCrumbs() {
  const { t } = useTranslation();
  const document = useDocumentStore((state) => state.document);
  const level = useDocumentStore((state) => state.level);
  if (!document) return null;
  const open = openBlocks(document, level);
  const block = open.at(-1)?.block;
  if (!block) {
    return (
      <>
        <Network size={13} aria-hidden="true" />
        {t('canvas.main')}
      </>
    );
  }
  return (
    <>
      <nav className="crumbs" aria-label={t('blocks.path')}>
        <button type="button" onClick={() => leaveTo(0)}>
          <Network size={13} aria-hidden="true" />
          {t('canvas.main')}
        </button>
        {open.map(({ block: { id, title } }, depth) => (
          <span key={`${id}/${level[depth]?.instance}`}>
            <ChevronRight size={12} aria-hidden="true" />
            {depth === open.length - 1 ? (
              <b aria-current="location">
                <Box size={13} aria-hidden="true" />
                {title ?? id}
              </b>
            ) : (
              <button type="button" onClick={() => leaveTo(depth + 1)}>
                <Box size={13} aria-hidden="true" />
                {title ?? id}
              </button>
            )}
          </span>
        ))}
      </nav>
      <CopyStepper />
      <span className="text-caption text-text-3 font-normal" title={t('blocks.instancesHelp')}>
        {t('blocks.instances', { count: instancesOf(document, block.id).length })}
      </span>
    </>
  );
}

/** Of a block that is repeated: which of its copies is looked at. Shapes and problems are those of this one. */
function CopyStepper() {
  const { t } = useTranslation();
  const copy = useDocumentStore(({ level }) => level.at(-1)?.copy ?? 1);
  const repeat = useDocumentStore(({ document, level }) => {
    if (!document) return 1;
    const around = openBlocks(document, level.slice(0, -1)).at(-1)?.block ?? document;
    const node = around.nodes.find(({ id }) => id === level.at(-1)?.instance);
    return node ? repeatsOf(document, node) : 1;
  });
  if (repeat < 2) return null;
  return (
    <span className="copies" title={t('blocks.copyHelp')}>
      <IconButton
        className="sm"
        label={t('blocks.copyBefore')}
        disabled={copy <= 1}
        onClick={() => showCopy(copy - 1)}
      >
        <ChevronLeft size={12} />
      </IconButton>
      {t('blocks.copy', { copy, repeat })}
      <IconButton
        className="sm"
        label={t('blocks.copyAfter')}
        disabled={copy >= repeat}
        onClick={() => showCopy(copy + 1)}
      >
        <ChevronRight size={12} />
      </IconButton>
    </span>
  );
}
