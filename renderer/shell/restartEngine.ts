import { isRunActive } from '#shared/protocol/run.ts';
import { confirmAction } from '../dialogs/fileDialogs.ts';
import { toHostError } from '../host/hostFailure.ts';
import { i18n } from '../i18n/i18n.ts';
import { callHost } from '../stores/hostStore.ts';
import { runPart } from '../stores/runStore.ts';
import { openTabs, tabPart } from '../stores/tabStore.ts';
import { showToast } from '../stores/toastStore.ts';

/** A run of any open graph may still go on. */
const isTraining = (): boolean =>
  openTabs().some(({ id }) => {
    const { state } = tabPart(id, runPart);
    return state !== null && isRunActive(state);
  });

/** Ends the engine and starts it anew; where a run goes on in it, only after a word. */
export async function restartEngine(): Promise<void> {
  const question = {
    title: i18n.t('shell.engineRestartTitle'),
    text: i18n.t('shell.engineRestartText'),
    action: i18n.t('shell.engineRestart'),
  };
  if (isTraining() && !(await confirmAction(question))) return;
  try {
    await callHost('engine.restart', {});
  } catch (cause) {
    showToast({ tone: 'danger', text: toHostError(cause).message });
  }
}
