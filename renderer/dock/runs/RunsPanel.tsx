import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunRecord } from '#shared/protocol/run.ts';
import { confirmAction, openExportDialog } from '../../dialogs/fileDialogs.ts';
import { toHostError } from '../../host/hostFailure.ts';
import { openFresh } from '../../shell/appCommands.ts';
import { callHost } from '../../stores/hostStore.ts';
import { useRunStore } from '../../stores/runStore.ts';
import { showToast } from '../../stores/toastStore.ts';
import { showDockTab } from '../dockStore.ts';
import { RunsView } from './RunsView.tsx';
import { loadRunDetails } from './runDetails.ts';

/** The Runs tab: every run that the host keeps. */
export function RunsPanel() {
  const { t } = useTranslation();
  const { runs, currentRunId, state, progress, start, openRun, refreshRuns, deleteRun } = useRunStore();
  // The list is read when runs begin and end; the shown run moves on in between.
  const listed = runs.map((run) =>
    run.id === currentRunId && state ? { ...run, state, progress: progress ?? run.progress } : run,
  );
  useEffect(() => void refreshRuns(), [refreshRuns]);
  useEffect(() => {
    for (const run of runs) loadRunDetails(run.id, run.updatedAt);
  }, [runs]);

  const openGraph = async (run: RunRecord): Promise<void> => {
    try {
      const { document } = await callHost('run.get', { runId: run.id });
      openFresh(document);
      await openRun(run.id);
      showDockTab('training');
    } catch (cause) {
      showToast({ tone: 'danger', text: toHostError(cause).message });
    }
  };
  const remove = async (run: RunRecord): Promise<void> => {
    const yes = await confirmAction({
      title: t('dock.runs.deleteTitle', { name: run.name }),
      text: t('dock.runs.deleteText'),
      action: t('dock.runs.delete'),
    });
    if (yes) await deleteRun(run.id);
  };
  return (
    <RunsView
      runs={listed}
      currentRunId={currentRunId}
      onTrain={() => void start()}
      onShow={(run) => void openRun(run.id).then(() => showDockTab('training'))}
      onOpenGraph={(run) => void openGraph(run)}
      onResume={(run) => {
        showDockTab('training');
        void openRun(run.id).then(() => start({ resumeRunId: run.id }));
      }}
      onExport={(run) => void openExportDialog(run.id)}
      onDelete={(run) => void remove(run)}
    />
  );
}
