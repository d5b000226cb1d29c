import { RadioGroup } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { type RuntimeId, runtimeIdSchema } from '#shared/protocol/run.ts';
import { deviceText, noteText } from '../i18n/failureText.ts';
import { useHostStore } from '../stores/hostStore.ts';
import { selectRunActive, useRunStore } from '../stores/runStore.ts';

const choices = ['auto', ...runtimeIdSchema.options] as const;

/** Which engine computes: the best that works, or one by name. What is not there says why. */
export function RuntimeChoice({ onChoose }: { readonly onChoose: (runtime: RuntimeId | null) => void }) {
  const { t } = useTranslation();
  const engine = useHostStore((host) => host.engine);
  const training = useRunStore(selectRunActive);
  const runtime = engine?.runtime ?? null;
  const busy = engine?.state === 'starting' || engine?.state === 'restarting';

  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-small font-medium">{t('dialogs.runtimes.inUse')}</h3>
      <RadioGroup.Root
        className="runtime-choices"
        aria-label={t('dialogs.runtimes.inUse')}
        disabled={training || busy || !engine}
        value={engine?.requested ?? 'auto'}
        onValueChange={(value) => onChoose(value === 'auto' ? null : (value as RuntimeId))}
      >
        {choices.map((choice) => (
          <RadioGroup.Item key={choice} value={choice} className="runtime-choice">
            <i aria-hidden />
            <span>
              <b>{t(`dialogs.runtimes.engines.${choice}`)}</b>
              <small>{t(`dialogs.runtimes.enginesText.${choice}`)}</small>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <p className="text-small text-text-2" role="status" data-testid="runtime-in-use">
        {runtime
          ? t('dialogs.runtimes.computes', { label: runtime.label, device: deviceText(runtime) })
          : t(`shell.engineStates.${engine?.state ?? 'unknown'}`)}
      </p>
      {runtime?.notes.map((note) => (
        <p key={note.message} className="text-caption text-text-2">
          {noteText(note)}
        </p>
      ))}
      {training && <p className="text-caption text-text-2">{t('dialogs.runtimes.whileTraining')}</p>}
    </section>
  );
}
