import { useTranslation } from 'react-i18next';
import { commandText } from '../i18n/commandText.ts';
import { type PickItem, QuickPick } from '../shell/palette/QuickPick.tsx';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useTabs } from '../stores/useTabs.ts';
import { fuzzyQuery } from '../ui/fuzzy.ts';
import {
  canCompareWithSaved,
  compareWithFile,
  compareWithSaved,
  compareWithStep,
  compareWithTab,
} from './compareSources.ts';

/** Chooses what the graph is compared with: its file, another file, another open graph, an earlier step. */
export function ComparePick({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const history = useDocumentStore((store) => store.history);
  const front = useDocumentStore((store) => store.recoveryId);
  const path = useDocumentStore((store) => store.file?.path);
  const tabs = useTabs();
  if (!history) return null;
  const steps = [...history.past, ...history.future];
  const all: readonly PickItem[] = [
    ...(canCompareWithSaved()
      ? [{ id: 'saved', title: t('compare.pick.saved'), note: path, group: t('compare.pick.files') }]
      : []),
    { id: 'file', title: t('compare.pick.file'), group: t('compare.pick.files') },
    ...tabs
      .filter(({ id }) => id !== front)
      .map((tab) => ({
        id: `tab:${tab.id}`,
        title: tab.name || t('shell.untitled'),
        note: tab.path ?? t('shell.neverSaved'),
        group: t('compare.pick.tabs'),
      })),
    ...[t('history.opened'), ...steps.map(commandText)]
      .map((title, position) => ({ id: `step:${position}`, title, position, group: t('compare.pick.steps') }))
      .filter(({ position }) => position !== history.past.length)
      .toReversed(),
  ];
  const choose = (id: string): void => {
    onClose();
    // Once the list has given the focus back: a dialog may take it.
    setTimeout(() => {
      const [kind, rest = ''] = id.split(/:(.*)/s);
      if (kind === 'saved') void compareWithSaved();
      else if (kind === 'file') void compareWithFile();
      else if (kind === 'tab') compareWithTab(rest);
      else compareWithStep(Number(rest));
    });
  };
  return (
    <QuickPick
      title={t('compare.pick.title')}
      placeholder={t('compare.pick.placeholder')}
      find={(query) =>
        query.trim() === ''
          ? all
          : all.filter(
              ({ title, note = '', group = '' }) =>
                fuzzyQuery(query, [
                  [title, 1],
                  [note, 0.5],
                  [group, 0.5],
                ]) > 0,
            )
      }
      none={(query) => t('compare.pick.none', { query })}
      foot={() => t('palette.keys')}
      onChoose={choose}
      onClose={onClose}
    />
  );
}
