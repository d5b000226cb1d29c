import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** One line of the list. */
export interface PickItem {
  readonly id: string;
  readonly title: string;
  readonly note?: string | undefined;
  /** Heading above the first of a group. */
  readonly group?: string | undefined;
  readonly icon?: ReactNode;
  /** At the right end: keys, for example. */
  readonly end?: ReactNode;
}

interface QuickPickProps {
  readonly title: string;
  readonly placeholder: string;
  readonly find: (query: string) => readonly PickItem[];
  readonly none: (query: string) => string;
  readonly foot?: (count: number, query: string) => ReactNode;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

const PAGE = 8;
/** Most lines that are drawn: nobody reads thousands, and the window would stand still for them. */
const MOST_SHOWN = 200;

/** A list over the window that one types into: arrows choose, Enter takes, Escape leaves. */
export function QuickPick(props: QuickPickProps) {
  const { title, placeholder, find, none, foot, onChoose, onClose } = props;
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  const id = useId();
  const { t } = useTranslation();
  const all = find(query);
  const found = all.slice(0, MOST_SHOWN);
  const active = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const move = (step: number): void =>
    setAt(Math.max(0, Math.min(found.length - 1, Math.min(at, found.length - 1) + step)));

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="pick-veil" />
        <Dialog.Content
          className="pick"
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (document.activeElement === document.body && before.current instanceof HTMLElement)
              before.current.focus();
          }}
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <div className="field">
            <Search size={15} aria-hidden="true" />
            <input
              type="text"
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={active ? `${id}-${active.id}` : undefined}
              aria-label={placeholder}
              placeholder={placeholder}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setAt(0);
              }}
              onKeyDown={(event) => {
                const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
                if (step !== undefined) {
                  event.preventDefault();
                  move(step);
                } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
                  event.preventDefault();
                  if (active) onChoose(active.id);
                }
              }}
            />
          </div>
          {found.length === 0 && <p className="hint p-4">{none(query)}</p>}
          {/* Nothing but what can be chosen is in it, for those who hear it. */}
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={title}
            ref={list}
            className="pick-list"
            hidden={found.length === 0}
          >
            {found.map((item, index) => (
              <div key={item.id} role="presentation">
                {item.group !== undefined && item.group !== found[index - 1]?.group && (
                  <p className="pick-group" role="presentation">
                    {item.group}
                  </p>
                )}
                <div
                  id={`${id}-${item.id}`}
                  className="pick-item"
                  role="option"
                  tabIndex={-1}
                  data-item={item.id}
                  aria-selected={item === active}
                  onPointerMove={() => setAt(index)}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    onChoose(item.id);
                  }}
                >
                  {item.icon}
                  <span className="min-w-0 grow">
                    <span className="block truncate">{item.title}</span>
                    {item.note !== undefined && <small className="block truncate">{item.note}</small>}
                  </span>
                  {item.end}
                </div>
              </div>
            ))}
          </div>
          {all.length > found.length && (
            <p className="hint px-4 py-2">{t('palette.more', { count: all.length - found.length })}</p>
          )}
          {foot && <div className="pick-foot">{foot(all.length, query)}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
