import { ChevronRight, ChevronsDownUp, ChevronsUpDown, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { addAtCenter } from '../canvas/canvasApi.ts';
import { NODE_KIND_TYPE } from '../canvas/dragKind.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { IconButton, Kbd, Tip } from '../ui/Button.tsx';
import { categories } from '../ui/categories.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { searchNodes } from './searchNodes.ts';

const categoryIcon = Object.fromEntries(
  categories.map((category) => [category, nodeDefinitions.find((node) => node.category === category)?.icon]),
);

/** Every node type, by category or by search; drag one onto the canvas, or click it. */
export function Library() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const folded = useViewStore((view) => view.foldedCategories);
  const list = useRef<HTMLDivElement>(null);
  const found = searchNodes(query);
  const shown = categories.filter((category) => nodeDefinitions.some((node) => node.category === category));
  const searching = query.trim() !== '';

  const moveFocus = (from: Element, direction: 1 | -1): void => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = buttons[buttons.indexOf(from as HTMLButtonElement) + direction];
    next?.focus();
  };

  return (
    <aside className="lib" aria-label={t('library.title')}>
      <div className="ph">
        {t('library.title')}
        <IconButton
          className="sm"
          label={folded.length > 0 ? t('library.unfold') : t('library.fold')}
          onClick={() => setView({ foldedCategories: folded.length > 0 ? [] : [...shown] })}
        >
          {folded.length > 0 ? <ChevronsUpDown size={14} /> : <ChevronsDownUp size={14} />}
        </IconButton>
      </div>
      <div className="field">
        <Search size={14} aria-hidden="true" />
        <input
          id="library-search"
          type="search"
          aria-label={t('library.search', { count: nodeDefinitions.length })}
          placeholder={t('library.search', { count: nodeDefinitions.length })}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('');
            else if (event.key === 'Enter' && found[0]) addAtCenter(found[0].kind);
            else if (event.key === 'ArrowDown') list.current?.querySelector('button')?.focus();
          }}
        />
        <Kbd>/</Kbd>
      </div>
      <nav
        className="cats"
        aria-label={t('library.title')}
        ref={list}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          moveFocus(event.target as Element, event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        {searching && found.length === 0 && <p className="hint px-2 py-3">{t('library.none', { query })}</p>}
        {searching
          ? found.map((definition) => <Entry key={definition.kind} definition={definition} />)
          : shown.map((category) => {
              const entries = nodeDefinitions.filter((node) => node.category === category);
              const open = !folded.includes(category);
              return (
                <div key={category} style={categoryStyle(category)}>
                  <button
                    type="button"
                    className="cat"
                    aria-expanded={open}
                    onClick={() =>
                      setView({
                        foldedCategories: open
                          ? [...folded, category]
                          : folded.filter((other) => other !== category),
                      })
                    }
                  >
                    <ChevronRight size={12} aria-hidden="true" />
                    <Glyph icon={categoryIcon[category]} />
                    {t(`library.categories.${category}`)}
                    <em>{entries.length}</em>
                  </button>
                  {open && (
                    <div className="ents">
                      {entries.map((definition) => (
                        <Entry key={definition.kind} definition={definition} />
                      ))}
                    </div>
                  )}
                </div>
              );
            })}
      </nav>
    </aside>
  );
}

function Entry({ definition }: { readonly definition: NodeDefinition }) {
  const { t } = useTranslation();
  const text = nodeText(definition.kind) ?? definition.text;
  return (
    <Tip label={text.description} side="right">
      <button
        type="button"
        className="ent"
        draggable
        data-kind={definition.kind}
        style={categoryStyle(definition.category)}
        aria-label={t('library.add', { node: text.title, description: text.description })}
        onClick={() => addAtCenter(definition.kind)}
        onDragStart={(event) => {
          event.dataTransfer.setData(NODE_KIND_TYPE, definition.kind);
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <i />
        {text.title}
      </button>
    </Tip>
  );
}
