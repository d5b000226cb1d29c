import { useTranslation } from 'react-i18next';
import { useRunStore } from '../../stores/runStore.ts';
import { formatPercent } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { setDock, useDockStore } from '../dockStore.ts';

/** How curves are drawn: smoothing of the train lines, and what the horizontal axis counts. */
export function CurveControls() {
  const { t } = useTranslation();
  const smoothing = useDockStore((dock) => dock.smoothing);
  const axis = useDockStore((dock) => dock.axis);
  const name = useRunStore((store) => store.runs.find(({ id }) => id === store.currentRunId)?.name);
  const part = useRunStore(({ progress }) =>
    progress ? Math.floor((100 * progress.step) / Math.max(1, progress.totalSteps)) / 100 : null,
  );
  return (
    <>
      {name !== undefined && (
        <span className="hidden min-w-0 truncate text-caption text-text-3 lg:inline" data-testid="run-line">
          {part === null ? name : t('dock.training.runLine', { name, percent: formatPercent(part, 0) })}
        </span>
      )}
      <div className="flex flex-none items-center gap-2 text-caption text-text-3">
        <span>{t('dock.training.smoothing')}</span>
        <div className="w-[70px]">
          <Slider
            label={t('dock.training.smoothing')}
            min={0}
            max={0.99}
            step={0.01}
            value={smoothing}
            onChange={(value) => setDock({ smoothing: value })}
          />
        </div>
        <code className="w-7 text-text-2">{smoothing.toFixed(2)}</code>
      </div>
      <Segmented
        label={t('dock.training.axis')}
        value={axis}
        options={[
          { value: 'step', label: t('dock.training.axisStep') },
          { value: 'epoch', label: t('dock.training.axisEpoch') },
          { value: 'time', label: t('dock.training.axisTime') },
        ]}
        onChange={(value) => setDock({ axis: value })}
      />
    </>
  );
}
