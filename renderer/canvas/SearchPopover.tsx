import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';

/** One line of the list. */
export interface SearchItem {
  readonly id: string;
  readonly definition: NodeDefinition | undefined;
  readonly title: string;
  readonly note: string;
}

interface SearchPopoverProps {
  /** Pixels from the canvas' corner. */
  readonly left: number;
  readonly top: number;
  readonly label: string;
  readonly placeholder: string;
  readonly find: (query: string) => readonly SearchItem[];
  readonly none: (query: string) => string;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

/** Most lines that are drawn: in a graph of thousands every node may be one. */
const MOST_SHOWN = 200;

/** A search over the canvas: type, choose with the arrows, Enter takes it. Tab and Escape leave it. */
export function SearchPopover(props: SearchPopoverProps) {
  const { left, top, label, placeholder, find, none, onChoose, onClose } = props;
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { t } = useTranslation();
  const all = find(query);
  const found = all.slice(0, MOST_SHOWN);
  const chosen = found[active];
  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      // Back to where the keyboard was, unless it has gone elsewhere meanwhile.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [onClose]);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <div
      ref={box}
      className="add-pop nokey"
      style={{ left, top }}
      role="dialog"
      aria-label={label}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          onClose();
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          const step = event.key === 'ArrowDown' ? 1 : -1;
          setActive((index) => Math.max(0, Math.min(found.length - 1, index + step)));
        } else if (event.key === 'Enter') {
          event.preventDefault();
          if (chosen) onChoose(chosen.id);
        }
      }}
    >
      <div className="field">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="search-list"
          aria-activedescendant={chosen ? `search-${chosen.id}` : undefined}
          aria-label={placeholder}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
        />
      </div>
      <div id="search-list" role="listbox" aria-label={label}>
        {found.length === 0 && <p className="hint p-2">{none(query)}</p>}
        {found.map(({ id, definition, title, note }, index) => (
          <div
            key={id}
            id={`search-${id}`}
            className="add-item"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            style={categoryStyle(definition?.category)}
            onPointerMove={() => setActive(index)}
            onPointerDown={(event) => {
              event.preventDefault();
              onChoose(id);
            }}
          >
            <Glyph icon={definition?.icon} />
            <span>
              {title}
              <small>{note}</small>
            </span>
          </div>
        ))}
        {all.length > found.length && (
          <p className="hint p-2">{t('palette.more', { count: all.length - found.length })}</p>
        )}
      </div>
    </div>
  );
}
