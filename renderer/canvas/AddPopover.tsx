import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodeText } from '../i18n/nodeText.ts';
import { searchNodes } from '../library/searchNodes.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';

interface AddPopoverProps {
  /** Pixels from the canvas' corner. */
  readonly left: number;
  readonly top: number;
  readonly onChoose: (kind: string) => void;
  readonly onClose: () => void;
}

/** Search at the pointer: type, choose with the arrows, Enter adds the node there. */
export function AddPopover({ left, top, onChoose, onClose }: AddPopoverProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const found = searchNodes(query);
  useEffect(() => {
    input.current?.focus();
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
      aria-label={t('canvas.addTitle')}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          onClose();
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          const step = event.key === 'ArrowDown' ? 1 : -1;
          setActive((index) => Math.min(found.length - 1, Math.max(0, index + step)));
        } else if (event.key === 'Enter') {
          const chosen = found[active];
          if (chosen) onChoose(chosen.kind);
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
          aria-controls="add-node-list"
          aria-activedescendant={found[active] ? `add-${found[active].kind}` : undefined}
          aria-label={t('canvas.addPlaceholder')}
          placeholder={t('canvas.addPlaceholder')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
        />
      </div>
      <div id="add-node-list" role="listbox" aria-label={t('canvas.addTitle')}>
        {found.length === 0 && <p className="hint p-2">{t('canvas.addNone', { query })}</p>}
        {found.map((definition, index) => {
          const text = nodeText(definition.kind) ?? definition.text;
          return (
            <div
              key={definition.kind}
              id={`add-${definition.kind}`}
              className="add-item"
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              style={categoryStyle(definition.category)}
              onPointerMove={() => setActive(index)}
              onPointerDown={(event) => {
                event.preventDefault();
                onChoose(definition.kind);
              }}
            >
              <Glyph icon={definition.icon} />
              <span>
                {text.title}
                <small>{text.description}</small>
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
