import { GitCompare } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { CompareSteps } from './CompareSteps.tsx';
import type { ChangeItem } from './changeItems.ts';
import { changeSign } from './compareStore.ts';

interface CompareViewProps {
  /** With what the graph is compared, in words; null while it is not. */
  readonly name: string | null;
  readonly items: readonly ChangeItem[];
  /** Key of the difference that is looked at. */
  readonly at: string | null;
  /** Parts that lie elsewhere and are otherwise the same. */
  readonly moved: number;
  readonly onPick: () => void;
  readonly onShow: (item: ChangeItem) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onEnd: () => void;
}

const PAGE = 8;
/** So many rows are drawn, and so many more with each press. */
const ROWS = 300;

/** The differences between two versions of a graph as a list to step through. */
export function CompareView(props: CompareViewProps) {
  const { t } = useTranslation();
  const { name, items, at, moved, onPick, onShow, onStep, onEnd } = props;
  const list = useRef<HTMLDivElement>(null);
  const [most, setMost] = useState(ROWS);
  const listId = useId();
  useEffect(() => {
    if (at !== null)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (name === null) {
    return (
      <EmptyState
        icon={<GitCompare size={18} />}
        title={t('compare.emptyTitle')}
        text={t('compare.emptyText')}
      >
        <Button tone="solid" onClick={onPick}>
          {t('compare.start')}
        </Button>
      </EmptyState>
    );
  }
  const now = items.findIndex(({ key }) => key === at);
  const shown = Math.max(most, now + 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? items.length - 1
          : event.key === 'Enter'
            ? Math.max(0, now)
            : step === undefined
              ? undefined
              : Math.max(0, Math.min(items.length - 1, now < 0 ? 0 : now + step));
    const item = to === undefined ? undefined : items[to];
    if (!item) return;
    event.preventDefault();
    onShow(item);
  };
  return (
    <div className="compare">
      <div className="compare-bar">
        <p className="min-w-0 grow truncate text-small">
          {t('compare.with', { name })}
          <CompareCounts items={items} />
          {moved > 0 && <span className="text-text-3"> · {t('compare.moved', { count: moved })}</span>}
        </p>
        <CompareSteps any={items.length > 0} onStep={onStep} onEnd={onEnd}>
          <Button size="sm" onClick={onPick}>
            {t('compare.another')}
          </Button>
        </CompareSteps>
      </div>
      {items.length === 0 ? (
        <p className="hint p-3">{t('compare.same')}</p>
      ) : (
        <div
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-label={t('compare.list')}
          aria-activedescendant={now >= 0 ? `${listId}-${now}` : undefined}
          className="compare-list"
          onKeyDown={onKeyDown}
        >
          {items.slice(0, shown).map((item, index) => (
            <ChangeRow
              key={item.key}
              id={`${listId}-${index}`}
              item={item}
              current={item.key === at}
              onShow={() => onShow(item)}
            />
          ))}
        </div>
      )}
      {items.length > shown && (
        <Button size="sm" className="m-2" onClick={() => setMost(shown + ROWS)}>
          {t('shell.showMore', { count: items.length - shown })}
        </Button>
      )}
    </div>
  );
}

/** How many were added, removed and changed, by signs and colours. */
export function CompareCounts({ items }: { readonly items: readonly ChangeItem[] }) {
  const { t } = useTranslation();
  return (
    <span className="compare-counts">
      {(['added', 'removed', 'changed'] as const).map((kind) => {
        const count = items.filter((item) => item.kind === kind).length;
        return count === 0 ? null : (
          <span key={kind} className={`cmp-text is-${kind}`} title={t(`compare.counts.${kind}`, { count })}>
            <span aria-hidden="true">
              {changeSign[kind]}
              {count}
            </span>
            <span className="sr-only">{t(`compare.counts.${kind}`, { count })}</span>
          </span>
        );
      })}
    </span>
  );
}

interface ChangeRowProps {
  readonly id: string;
  readonly item: ChangeItem;
  readonly current: boolean;
  readonly onShow: () => void;
}

function ChangeRow({ id, item, current, onShow }: ChangeRowProps) {
  const { t } = useTranslation();
  const { kind, part, title, icon, category, block, fields } = item;
  const isSetting = part === 'setting';
  return (
    // The keyboard is the list's, which names the row that it is on.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={current}
      data-change={item.key}
      className="compare-row"
      style={categoryStyle(category)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.parentElement?.focus();
        event.preventDefault();
        onShow();
      }}
    >
      <span className={`cmp-sign is-${kind}`} role="img" aria-label={t(`compare.signs.${kind}`)}>
        {changeSign[kind]}
      </span>
      {icon !== undefined && <Glyph icon={icon} size={11} />}
      <span className="compare-what">
        <b>{title}</b>
        <small>{block ? t('inspector.block', { title: block.title }) : t(`compare.parts.${part}`)}</small>
      </span>
      <span className="compare-fields">
        {fields.map(({ label, from, to }) => (
          <span key={`${label} ${from} ${to}`}>
            {!isSetting && <i>{label}</i>} <del>{from}</del> <span aria-hidden="true">→</span> <ins>{to}</ins>
          </span>
        ))}
      </span>
    </div>
  );
}
