import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRunActive } from '#shared/protocol/run.ts';
import { useShortcut } from '../commands/keymapStore.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { moveTab } from '../stores/tabStore.ts';
import { type TabView, useTabs } from '../stores/useTabs.ts';
import { IconButton } from '../ui/Button.tsx';
import { closeTab, newDocument } from './appCommands.ts';
import { showGraph } from './openGraph.ts';

/** Pixels that a pointer may move before a click becomes a drag. */
const SLACK = 5;

/** The open graphs side by side; nothing where the one in sight is the only one. */
export function TabStrip() {
  const { t } = useTranslation();
  const tabs = useTabs();
  const list = useRef<HTMLUListElement>(null);
  const start = useDocumentStore((state) => state.startOpen);
  const front = useDocumentStore((state) => state.recoveryId);
  const newKeys = useShortcut('new');
  if (tabs.length < (start ? 1 : 2)) return null;

  const focusAt = (index: number): void =>
    list.current?.querySelectorAll<HTMLButtonElement>('.tab-name')[index]?.focus();
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const tab = tabs[index];
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (tab && by !== 0) {
      event.preventDefault();
      const to = Math.min(tabs.length - 1, Math.max(0, index + by));
      if (event.shiftKey) moveTab(tab.id, to);
      // Once the row is drawn anew.
      requestAnimationFrame(() => focusAt(to));
    } else if (tab && event.key === 'Delete') {
      event.preventDefault();
      void closeTab(tab.id).then(() => requestAnimationFrame(() => focusAt(Math.max(0, index - 1))));
    }
  };
  return (
    <nav className="tabs" aria-label={t('shell.tabs')}>
      <ul
        ref={list}
        // The wheel leads along the row, as nothing else does where there are more tabs than room.
        onWheel={({ currentTarget, deltaX, deltaY }) => {
          if (deltaX === 0) currentTarget.scrollLeft += deltaY;
        }}
      >
        {tabs.map((tab, index) => (
          <Tab
            key={tab.id}
            tab={tab}
            current={!start && tab.id === front}
            reached={tab.id === front}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
      </ul>
      <IconButton
        className="sm"
        label={t('shell.newDocument')}
        {...(newKeys !== undefined && { shortcut: newKeys })}
        onClick={() => void newDocument()}
      >
        <Plus size={14} />
      </IconButton>
    </nav>
  );
}

interface TabProps {
  readonly tab: TabView;
  readonly current: boolean;
  /** The one that the Tab key leads to. */
  readonly reached: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Tab({ tab, current, reached, onKeyDown }: TabProps) {
  const { t } = useTranslation();
  const { id, name, path, hint, unsaved, runState } = tab;
  const title = name || t('shell.untitled');
  const [dragged, onPointerDown] = useReorder(id);
  const onAuxClick = (event: MouseEvent): void => {
    if (event.button === 1) void closeTab(id);
  };
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <li
      ref={item}
      data-tab={id}
      data-current={current}
      data-dragged={dragged}
      onPointerDown={onPointerDown}
      onAuxClick={onAuxClick}
    >
      <button
        type="button"
        className="tab-name"
        tabIndex={reached ? 0 : -1}
        aria-current={current ? 'page' : undefined}
        aria-keyshortcuts="Delete"
        title={path ?? t('shell.neverSaved')}
        onClick={() => void showGraph(id)}
        onKeyDown={onKeyDown}
        // A middle click would start scrolling.
        onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      >
        {runState && isRunActive(runState) && (
          <i
            className={runState === 'paused' ? 'tab-paused' : 'dock-pulse'}
            role="img"
            aria-label={t(`shell.states.${runState}`)}
          />
        )}
        <span>
          {title}
          {hint !== undefined && <small>{hint}</small>}
        </span>
        {unsaved && <i className="dirty" role="img" aria-label={t('shell.unsaved')} />}
      </button>
      <IconButton
        className="sm"
        label={t('shell.closeTab', { name: title })}
        tabIndex={-1}
        onClick={() => void closeTab(id)}
      >
        <X size={13} />
      </IconButton>
    </li>
  );
}

/** Drags a tab along the row: it changes places with a neighbour whose middle it passes. */
function useReorder(id: string): [boolean, (event: PointerEvent<HTMLLIElement>) => void] {
  const [dragged, setDragged] = useState(false);
  const onPointerDown = (event: PointerEvent<HTMLLIElement>): void => {
    if (event.button !== 0) return;
    const item = event.currentTarget;
    const row = item.parentElement;
    const from = event.clientX;
    let moving = false;
    const move = ({ clientX, pointerId }: globalThis.PointerEvent): void => {
      if (!moving && Math.abs(clientX - from) > SLACK) {
        moving = true;
        item.setPointerCapture(pointerId);
        setDragged(true);
      }
      if (!moving || !row) return;
      const others = [...row.children].filter((other) => other !== item);
      const to = others.filter((other) => {
        const { left, width } = other.getBoundingClientRect();
        return left + width / 2 < clientX;
      }).length;
      if ([...row.children].indexOf(item) !== to) moveTab(id, to);
    };
    const end = (): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      setDragged(false);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  };
  return [dragged, onPointerDown];
}
