import { GitCompare, History as HistoryIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type Ref, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { History } from '#shared/graph/history.ts';
import { compareWithStep } from '../compare/compareSources.ts';
import { commandText } from '../i18n/commandText.ts';
import { goToEdit, useDocumentStore } from '../stores/documentStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { returnFocus, showPanel, useShellStore } from './shellStore.ts';

/** Every edit since the graph was opened, to go back and forth between. */
export function HistoryMenu() {
  const { t } = useTranslation();
  const open = useShellStore((shell) => shell.panel === 'history');
  const history = useDocumentStore((store) => store.history);
  const list = useRef<HTMLOListElement>(null);
  if (!history) return null;
  return (
    <Popover.Root open={open} onOpenChange={(next) => showPanel(next ? 'history' : null)}>
      <Popover.Anchor asChild>
        <span>
          <IconButton
            label={t('history.title')}
            aria-expanded={open}
            onClick={() => showPanel(open ? null : 'history')}
          >
            <HistoryIcon size={15} />
          </IconButton>
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="popover history"
          aria-label={t('history.title')}
          sideOffset={6}
          align="start"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            const current = list.current?.querySelector<HTMLElement>('[aria-current]');
            current?.focus();
            current?.scrollIntoView({ block: 'center' });
          }}
        >
          <h3>{t('history.title')}</h3>
          <HistoryList ref={list} history={history} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Brings the keyboard to the row above or below. */
function moveFocus(list: Element, from: Element, direction: 1 | -1): void {
  const rows = [...list.querySelectorAll('li')];
  const row = from.closest('li');
  const at = row ? rows.indexOf(row) : -1;
  rows[at + direction]?.querySelector('button')?.focus();
}

interface HistoryListProps {
  readonly ref: Ref<HTMLOListElement>;
  readonly history: History;
}

/** Its texts are made only while it is shown: there may be a thousand, and every edit adds one. */
function HistoryList({ ref, history }: HistoryListProps) {
  const { t } = useTranslation();
  const steps = [...history.past, ...history.future];
  const now = history.past.length;
  const rows = [t('history.opened'), ...steps.map(commandText)].map((text, position) => ({
    text,
    position,
  }));
  return (
    <ol
      ref={ref}
      onKeyDown={(event) => {
        const target = event.target as Element;
        const beside = {
          ArrowRight: target.nextElementSibling,
          ArrowLeft: target.previousElementSibling,
        }[event.key];
        if (beside instanceof HTMLElement) beside.focus();
        else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
          moveFocus(event.currentTarget, target, event.key === 'ArrowDown' ? 1 : -1);
        else return;
        event.preventDefault();
      }}
    >
      {rows.map(({ text, position }) => (
        <li key={position}>
          <button
            type="button"
            aria-current={position === now ? 'step' : undefined}
            data-undone={position > now}
            aria-label={t('history.goTo', { edit: text })}
            onClick={() => goToEdit(position)}
          >
            <span className="min-w-0 grow truncate">{text}</span>
            {position === now && <em>{t('history.now')}</em>}
            {position > now && <em>{t('history.undone')}</em>}
          </button>
          {position !== now && (
            <button
              type="button"
              className="with"
              aria-label={t('compare.step', { edit: text })}
              title={t('compare.step', { edit: text })}
              onClick={() => {
                showPanel(null);
                compareWithStep(position);
              }}
            >
              <GitCompare size={13} />
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
