import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { addNext } from '../canvas/addNext.ts';
import { dropKind, takeKind } from '../canvas/dragKind.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { Tip } from '../ui/Button.tsx';
import { categoryStyle } from '../ui/Glyph.tsx';
import { toggleFavourite } from './libraryStore.ts';

/** One node type: drag it, click it, or mark it as a favourite. */
export function LibraryEntry({ definition }: { readonly definition: NodeDefinition }) {
  const { t } = useTranslation();
  const text = definitionText(definition);
  const favourite = useViewStore((view) => view.favouriteKinds.includes(definition.kind));
  return (
    <div className="ent-row" style={categoryStyle(definition.category)}>
      <Tip label={text.description} side="right">
        <button
          type="button"
          className="ent"
          draggable
          data-kind={definition.kind}
          aria-label={t('library.add', { node: text.title, description: text.description })}
          onClick={() => addNext(definition.kind)}
          onDragStart={(event) => takeKind(event.dataTransfer, definition.kind)}
          onDragEnd={dropKind}
        >
          <i />
          <span className="truncate">{text.title}</span>
        </button>
      </Tip>
      <button
        type="button"
        className="ent-star"
        aria-pressed={favourite}
        aria-label={t(favourite ? 'library.unfavour' : 'library.favour', { node: text.title })}
        title={t(favourite ? 'library.unfavour' : 'library.favour', { node: text.title })}
        onClick={() => toggleFavourite(definition.kind)}
      >
        <Star size={12} fill={favourite ? 'currentColor' : 'none'} aria-hidden="true" />
      </button>
    </div>
  );
}
