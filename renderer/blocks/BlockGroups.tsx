import { Box, ChevronRight, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LayerNode } from '#shared/nodes/defineNode.ts';
import { addNext } from '../canvas/addNext.ts';
import { dropKind, takeKind } from '../canvas/dragKind.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { Tip } from '../ui/Button.tsx';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { type BlockChoice, useBlockChoices } from './blockChoices.ts';

/** Blocks that can be added: those of the open graph, one's own, and those that come with the app. */
export function BlockGroups({ query }: { readonly query: string }) {
  const { t } = useTranslation();
  const folded = useViewStore((view) => view.foldedCategories);
  const groups = useBlockChoices(query);
  return groups.map(({ source, choices }) => {
    if (choices.length === 0) return null;
    const id = `blocks-${source}`;
    const open = query.trim() !== '' || !folded.includes(id);
    return (
      <div key={source} data-group={id}>
        <button
          type="button"
          className="cat"
          aria-expanded={open}
          onClick={() =>
            setView({ foldedCategories: open ? [...folded, id] : folded.filter((other) => other !== id) })
          }
        >
          <ChevronRight size={12} aria-hidden="true" />
          <span className="cat-icon">
            <Box size={12} aria-hidden="true" />
          </span>
          <span className="grow truncate text-left">{t(`blocks.sources.${source}`)}</span>
          <em>{choices.length}</em>
        </button>
        {open && (
          <div className="ents">
            {choices.map((choice) => (
              <Entry key={choice.key} choice={choice} />
            ))}
          </div>
        )}
      </div>
    );
  });
}

function Entry({ choice: { key, face, remove } }: { readonly choice: BlockChoice }) {
  const { t } = useTranslation();
  const { title, description } = face.text;
  return (
    <div className="ent-row" style={categoryStyle(face.category)}>
      <Tip label={<BlockHint face={face} />} side="right">
        <button
          type="button"
          className="ent"
          draggable
          data-kind={key}
          aria-label={t('library.add', { node: title, description })}
          onClick={() => addNext(key)}
          onDragStart={(event) => takeKind(event.dataTransfer, key)}
          onDragEnd={dropKind}
        >
          <Glyph icon={face.icon} size={11} />
          <span className="truncate">{title}</span>
        </button>
      </Tip>
      {remove && (
        <button
          type="button"
          className="ent-star"
          aria-label={t('blocks.removeBlock', { block: title })}
          title={t('blocks.removeBlock', { block: title })}
          onClick={remove}
        >
          <Trash2 size={12} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

function BlockHint({ face }: { readonly face: LayerNode }) {
  const { text } = face;
  return <>{text.description === '' ? text.title : text.description}</>;
}
