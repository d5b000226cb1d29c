import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createPlan } from '#shared/compile/createPlan.ts';
import { type FittingWeights, fittingWeights, weightShapes } from '#shared/compile/fittingWeights.ts';
import type { FactsByNode } from '#shared/compile/plan.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { RunRecord } from '#shared/protocol/run.ts';
import { loadRunDetails, useRunDetails } from '../dock/runs/runDetails.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useRunStore } from '../stores/runStore.ts';
import { Field, Select } from '../ui/Field.tsx';
import { formatMoment } from '../ui/figures.ts';

interface StartFromFieldProps {
  readonly document: GraphDocument;
  readonly onChange: (runId: string | undefined) => void;
}

const NEW = 'new';

/** Whose weights a run begins with, and which of them fit: told before it starts. */
export function StartFromField({ document, onChange }: StartFromFieldProps) {
  const { t } = useTranslation();
  const facts = useDocumentStore((store) => store.facts);
  const all = useRunStore((store) => store.runs);
  const chosen = document.training.startFrom ?? null;
  const runs = all.filter(({ id, progress }) => id === chosen || (progress?.step ?? 0) > 0);
  const details = useRunDetails(chosen);
  useEffect(() => {
    if (chosen !== null) loadRunDetails(chosen);
  }, [chosen]);
  const fits = useMemo(
    () => (details ? compare({ document, facts }, details) : null),
    [document, facts, details],
  );
  const label = t('inspector.startFrom');
  const gone = chosen !== null && !runs.some(({ id }) => id === chosen);
  return (
    <section className="sec" aria-label={label}>
      <Field label={label} help={t('inspector.startFromHelp')}>
        {({ id }) => (
          <Select
            id={id}
            label={label}
            value={chosen ?? NEW}
            options={[
              { value: NEW, label: t('inspector.newWeights') },
              ...runs.map((run) => ({ value: run.id, label: nameOf(run) })),
              ...(gone ? [{ value: chosen, label: chosen }] : []),
            ]}
            onChange={(value) => onChange(value === NEW ? undefined : value)}
          />
        )}
      </Field>
      {gone ? (
        <p role="alert" className="f-why">
          {t('inspector.startFromGone')}
        </p>
      ) : (
        chosen !== null && fits && <Fitting fits={fits} />
      )}
    </section>
  );
}

const nameOf = ({ name, createdAt }: RunRecord): string => `${name} · ${formatMoment(createdAt)}`;

interface Network {
  readonly document: GraphDocument;
  readonly facts: FactsByNode;
}

/** Null where one of the two cannot be trained as it is, so that its weights are not known. */
function compare(here: Network, there: Network): FittingWeights | null {
  const plan = createPlan(here.document, here.facts);
  const source = createPlan(there.document, there.facts);
  return plan.ok && source.ok ? fittingWeights(weightShapes(plan.value), weightShapes(source.value)) : null;
}

const NAMES = 4;

function Fitting({ fits: { taken, fresh, left } }: { readonly fits: FittingWeights }) {
  const { t } = useTranslation();
  if (taken.length === 0) {
    return (
      <p role="alert" className="f-why">
        {t('inspector.startFromNothing')}
      </p>
    );
  }
  const list = (keys: readonly string[]) => ({
    count: keys.length,
    names: keys.slice(0, NAMES).join(', '),
    more: Math.max(0, keys.length - NAMES),
  });
  return (
    <div className="hint" role="status">
      <p>{t('inspector.startFromTaken', { count: taken.length, total: taken.length + fresh.length })}</p>
      {fresh.length > 0 && <p>{t('inspector.startFromFresh', list(fresh))}</p>}
      {left.length > 0 && <p>{t('inspector.startFromLeft', list(left))}</p>}
    </div>
  );
}
