import { useTranslation } from 'react-i18next';
import { setTraining, type TrainingPatch } from '#shared/graph/commands.ts';
import { checkpointsSchema, type GraphDocument } from '#shared/graph/document.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { editDocument } from '../canvas/canvasApi.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { Field, Select, Switch } from '../ui/Field.tsx';
import { SumFacts } from './Facts.tsx';
import { SettingField } from './SettingField.tsx';
import { StartFromField } from './StartFromField.tsx';

const MAX_SEED = 2 ** 31 - 1;

interface SectionProps {
  readonly document: GraphDocument;
}

const set = (patch: TrainingPatch): void => void editDocument(setTraining(patch));

/** How a run goes: its length, when it ends early, when it is saved. */
export function TrainingForm({ document }: SectionProps) {
  const { t } = useTranslation();
  const totals = useDocumentStore((state) => state.analysis.totals);
  const { training } = document;
  return (
    <>
      <section className="sec">
        <SettingField
          label={t('inspector.epochs')}
          value={training.epochs}
          min={1}
          max={100_000}
          onChange={(epochs) => set({ epochs })}
        />
        <SettingField
          label={t('inspector.batchSize')}
          value={training.batchSize}
          min={1}
          max={65_536}
          factor={2}
          onChange={(batchSize) => set({ batchSize })}
        />
        <SettingField
          label={t('inspector.seed')}
          help={t('inspector.seedHelp')}
          value={training.seed}
          min={0}
          max={MAX_SEED}
          onChange={(seed) => set({ seed })}
        />
      </section>
      <StartFromField document={document} onChange={(startFrom) => set({ startFrom })} />
      <EarlyStopping document={document} />
      <Checkpoints document={document} />
      <section className="sec">
        <h3>
          {t('inspector.model')}
          <em>{t('inspector.modelNote', { nodes: document.nodes.length })}</em>
        </h3>
        <div className="facts">
          <SumFacts {...totals} />
        </div>
      </section>
    </>
  );
}

function EarlyStopping({ document }: SectionProps) {
  const { t } = useTranslation();
  const { earlyStopping } = document.training;
  const metrics = document.nodes.flatMap(({ kind }) => {
    const definition = findNodeDefinition(kind);
    return definition?.role === 'metric'
      ? [{ value: definition.metricKey, label: nodeText(kind)?.title ?? kind }]
      : [];
  });
  const monitors = [
    { value: 'loss', label: t('inspector.loss') },
    ...new Map(metrics.map((metric) => [metric.value, metric])).values(),
  ];
  // A figure that no node gives any longer stays in sight, so that it can be seen and changed.
  if (!monitors.some(({ value }) => value === earlyStopping.monitor))
    monitors.push({ value: earlyStopping.monitor, label: earlyStopping.monitor });
  return (
    <section className="sec">
      <Field label={t('inspector.earlyStopping')} help={t('inspector.earlyStoppingHelp')}>
        {({ id }) => (
          <Switch
            id={id}
            label={t('inspector.earlyStopping')}
            checked={earlyStopping.enabled}
            onChange={(enabled) => set({ earlyStopping: { enabled } })}
          />
        )}
      </Field>
      {earlyStopping.enabled ? (
        <>
          <Field label={t('inspector.monitor')} help={t('inspector.monitorHelp')}>
            {({ id }) => (
              <Select
                id={id}
                label={t('inspector.monitor')}
                value={earlyStopping.monitor}
                options={monitors}
                onChange={(monitor) => set({ earlyStopping: { monitor } })}
              />
            )}
          </Field>
          <SettingField
            label={t('inspector.patience')}
            help={t('inspector.patienceHelp')}
            value={earlyStopping.patience}
            min={1}
            max={10_000}
            onChange={(patience) => set({ earlyStopping: { patience } })}
          />
          <SettingField
            label={t('inspector.minDelta')}
            help={t('inspector.minDeltaHelp')}
            value={earlyStopping.minDelta}
            min={0}
            integer={false}
            step={0.001}
            onChange={(minDelta) => set({ earlyStopping: { minDelta } })}
          />
        </>
      ) : (
        <p className="hint">{t('inspector.earlyStoppingHelp')}</p>
      )}
    </section>
  );
}

function Checkpoints({ document }: SectionProps) {
  const { t } = useTranslation();
  const checkpoints = checkpointsSchema.parse(document.training.checkpoints ?? {});
  const never =
    checkpoints.everySteps === 0 && checkpoints.everyMinutes === 0 && checkpoints.everyEpochs === 0;
  return (
    <section className="sec" aria-label={t('inspector.checkpoints')}>
      <h3>{t('inspector.checkpoints')}</h3>
      <SettingField
        label={t('inspector.everyEpochs')}
        help={t('inspector.everyHelp')}
        value={checkpoints.everyEpochs}
        min={0}
        max={100_000}
        onChange={(everyEpochs) => set({ checkpoints: { everyEpochs } })}
      />
      <SettingField
        label={t('inspector.everyMinutes')}
        help={t('inspector.everyHelp')}
        value={checkpoints.everyMinutes}
        min={0}
        max={10_000}
        integer={false}
        onChange={(everyMinutes) => set({ checkpoints: { everyMinutes } })}
      />
      <SettingField
        label={t('inspector.everySteps')}
        help={t('inspector.everyHelp')}
        value={checkpoints.everySteps}
        min={0}
        max={1_000_000_000}
        step={100}
        onChange={(everySteps) => set({ checkpoints: { everySteps } })}
      />
      <Field label={t('inspector.keepBest')} help={t('inspector.keepBestHelp')}>
        {({ id }) => (
          <Switch
            id={id}
            label={t('inspector.keepBest')}
            // Early stopping goes back to the best weights, so they are kept whatever is chosen here.
            checked={checkpoints.best || document.training.earlyStopping.enabled}
            disabled={document.training.earlyStopping.enabled}
            onChange={(best) => set({ checkpoints: { best } })}
          />
        )}
      </Field>
      <SettingField
        label={t('inspector.keep')}
        help={t('inspector.keepHelp')}
        value={checkpoints.keep}
        min={1}
        max={1000}
        onChange={(keep) => set({ checkpoints: { keep } })}
      />
      <p className="hint">{t(never ? 'inspector.checkpointsNever' : 'inspector.checkpointsText')}</p>
    </section>
  );
}
