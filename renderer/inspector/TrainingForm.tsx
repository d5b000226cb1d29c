import { SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { setTraining, type TrainingPatch } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { edit } from '../canvas/canvasApi.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { Field, NumberField, Select, Switch } from '../ui/Field.tsx';
import { SumFacts } from './Facts.tsx';

const MAX_SEED = 2 ** 31 - 1;

/** How a run goes, shown while nothing is selected. */
export function TrainingForm({ document }: { readonly document: GraphDocument }) {
  const { t } = useTranslation();
  const totals = useDocumentStore((state) => state.analysis.totals);
  const { training } = document;
  const { earlyStopping } = training;
  const set = (patch: TrainingPatch): void => void edit(setTraining(patch));

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
  const number = (
    label: string,
    value: number,
    onChange: (value: number) => void,
    limits: { min: number; max?: number; integer?: boolean; step?: number; factor?: number },
    help?: string,
  ) => (
    <Field label={label} help={help}>
      {({ id }) => (
        <NumberField
          id={id}
          label={label}
          value={value}
          integer
          {...limits}
          increaseLabel={t('inspector.increase', { param: label })}
          decreaseLabel={t('inspector.decrease', { param: label })}
          onChange={(next) => {
            const inside = next >= limits.min && next <= (limits.max ?? Infinity);
            if (inside && (limits.integer === false || Number.isInteger(next))) onChange(next);
          }}
        />
      )}
    </Field>
  );

  return (
    <>
      <div className="ins-h">
        <span className="glyph plain">
          <SlidersHorizontal size={16} aria-hidden="true" />
        </span>
        <div>
          <h2>{t('inspector.training')}</h2>
          <p>{t('inspector.trainingText')}</p>
        </div>
      </div>
      <div className="ins-body">
        <section className="sec">
          {number(t('inspector.epochs'), training.epochs, (epochs) => set({ epochs }), {
            min: 1,
            max: 100_000,
          })}
          {number(t('inspector.batchSize'), training.batchSize, (batchSize) => set({ batchSize }), {
            min: 1,
            max: 65_536,
            factor: 2,
          })}
          {number(t('inspector.seed'), training.seed, (seed) => set({ seed }), { min: 0, max: MAX_SEED })}
        </section>
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
              <Field label={t('inspector.monitor')}>
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
              {number(
                t('inspector.patience'),
                earlyStopping.patience,
                (patience) => set({ earlyStopping: { patience } }),
                { min: 1, max: 10_000 },
                t('inspector.patienceHelp'),
              )}
              {number(
                t('inspector.minDelta'),
                earlyStopping.minDelta,
                (minDelta) => set({ earlyStopping: { minDelta } }),
                { min: 0, integer: false, step: 0.001 },
              )}
            </>
          ) : (
            <p className="hint">{t('inspector.earlyStoppingHelp')}</p>
          )}
        </section>
        <section className="sec">
          <h3>
            {t('inspector.model')}
            <em>{t('inspector.modelNote', { nodes: document.nodes.length })}</em>
          </h3>
          <div className="facts">
            <SumFacts {...totals} />
          </div>
        </section>
      </div>
    </>
  );
}
