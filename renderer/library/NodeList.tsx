import { ChevronRight, Clock, Search, Star } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition, nodeDefinitions } from '#shared/nodes/registry.ts';
import { BlockGroups } from '../blocks/BlockGroups.tsx';
import { blocksComeFirst, findBlockChoices } from '../blocks/blockChoices.ts';
import { addNext } from '../canvas/addNext.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { Kbd } from '../ui/Button.tsx';
import { categories } from '../ui/categories.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { LibraryEntry } from './LibraryEntry.tsx';
import { searchNodes } from './searchNodes.ts';

const categoryIcon = Object.fromEntries(
  categories.map((category) => [category, nodeDefinitions.find((node) => node.category === category)?.icon]),
);

const known = (kinds: readonly string[]): NodeDefinition[] =>
  kinds.flatMap((kind) => findNodeDefinition(kind) ?? []);

/** Node types: what was found, or favourites, what was used lately, and every category. */
export function NodeList() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const favourites = known(useViewStore((view) => view.favouriteKinds));
  const recent = known(useViewStore((view) => view.recentKinds));
  const list = useRef<HTMLElement>(null);
  const found = searchNodes(query);
  const shown = categories.filter((category) => nodeDefinitions.some((node) => node.category === category));
  const searching = query.trim() !== '';
  const blocksFirst = searching && blocksComeFirst(query);

  const moveFocus = (from: Element, direction: 1 | -1): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.cat, .ent') ?? [])];
    buttons[buttons.indexOf(from as HTMLElement) + direction]?.focus();
  };

  return (
    <>
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
            else if (event.key === 'Enter') {
              const [block] = findBlockChoices(query);
              const key = (blocksFirst ? block?.key : found[0]?.kind) ?? block?.key;
              if (key !== undefined) addNext(key);
            } else if (event.key === 'ArrowDown') list.current?.querySelector('button')?.focus();
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
        {searching && found.length === 0 && findBlockChoices(query).length === 0 && (
          <p className="hint px-2 py-3">{t('library.none', { query })}</p>
        )}
        {searching ? (
          <>
            {blocksFirst && <BlockGroups query={query} />}
            {found.map((definition) => (
              <LibraryEntry key={definition.kind} definition={definition} />
            ))}
            {!blocksFirst && <BlockGroups query={query} />}
          </>
        ) : (
          <>
            {favourites.length > 0 && (
              <Group
                id="favourites"
                title={t('library.favourites')}
                icon={<Star size={12} aria-hidden="true" />}
                entries={favourites}
              />
            )}
            {recent.length > 0 && (
              <Group
                id="recent"
                title={t('library.recent')}
                icon={<Clock size={12} aria-hidden="true" />}
                entries={recent}
              />
            )}
            <BlockGroups query="" />
            {shown.map((category) => (
              <div key={category} style={categoryStyle(category)}>
                <Group
                  id={category}
                  title={t(`library.categories.${category}`)}
                  icon={<Glyph icon={categoryIcon[category]} />}
                  entries={nodeDefinitions.filter((node) => node.category === category)}
                />
              </div>
            ))}
          </>
        )}
      </nav>
    </>
  );
}

interface GroupProps {
  readonly id: string;
  readonly title: string;
  readonly icon: ReactNode;
  readonly entries: readonly NodeDefinition[];
}

/** Entries under a heading that folds. */
function Group({ id, title, icon, entries }: GroupProps) {
  const folded = useViewStore((view) => view.foldedCategories);
  const open = !folded.includes(id);
  return (
    <div data-group={id}>
      <button
        type="button"
        className="cat"
        aria-expanded={open}
        onClick={() =>
          setView({ foldedCategories: open ? [...folded, id] : folded.filter((other) => other !== id) })
        }
      >
        <ChevronRight size={12} aria-hidden="true" />
        <span className="cat-icon">{icon}</span>
        <span className="grow truncate text-left">{title}</span>
        <em>{entries.length}</em>
      </button>
      {open && (
        <div className="ents">
          {entries.map((definition) => (
            <LibraryEntry key={definition.kind} definition={definition} />
          ))}
        </div>
      )}
    </div>
  );
}
