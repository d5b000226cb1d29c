import { Database } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '#shared/i18n/formatCount.ts';
import type { DatasetFacts } from '#shared/nodes/defineNode.ts';
import { formatShape } from '#shared/types/portType.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SampleGrid } from './SampleGrid.tsx';
import type { Preview } from './usePreview.ts';

interface DataOverviewProps {
  /** What people call the data node; null where the graph has none. */
  readonly name: string | null;
  readonly description: string;
  /** What its ports are called, by id. */
  readonly ports: Readonly<Record<string, string>>;
  readonly facts: DatasetFacts | null;
  readonly preview: Preview;
  readonly onAdd: () => void;
  /** What stands in the place of samples, of people's own data. */
  readonly own?: ReactNode;
}

const splits = ['train', 'validation', 'test'] as const;
const splitColor = { train: 'var(--s-train)', validation: 'var(--s-val)', test: 'var(--info)' } as const;

/** What the network learns from: samples with their labels, and how they are split. */
export function DataOverview({ name, description, ports, facts, preview, onAdd, own }: DataOverviewProps) {
  const { t } = useTranslation();
  if (name === null) {
    return (
      <EmptyState
        icon={<Database size={18} />}
        title={t('dock.data.emptyTitle')}
        text={t('dock.data.emptyText')}
      >
        <Button tone="solid" onClick={onAdd}>
          {t('dock.data.addAction')}
        </Button>
      </EmptyState>
    );
  }
  const total = facts ? splits.reduce((sum, split) => sum + facts.splits[split], 0) : 0;
  return (
    <div className="flex min-h-full gap-7 px-4 py-3">
      <div className="flex w-72 flex-none flex-col gap-3">
        <div>
          <h3 className="text-small">{name}</h3>
          <p className="text-caption text-text-3">{description}</p>
        </div>
        {facts && total > 0 && (
          <>
            <div className="flex h-2 gap-0.5 overflow-hidden rounded-full" aria-hidden>
              {splits.map((split) => (
                <i
                  key={split}
                  style={{ flexGrow: facts.splits[split] / total, background: splitColor[split] }}
                />
              ))}
            </div>
            <dl className="flex flex-col gap-2">
              {splits.map((split) => (
                <div key={split} className="grid grid-cols-[1fr_auto] items-baseline gap-x-2">
                  <dt className="text-small">
                    <i
                      className="mr-2 inline-block size-2 rounded-xs"
                      style={{ background: splitColor[split] }}
                    />
                    {t(`dock.evaluate.splits.${split}`)}
                    <span className="block text-caption text-text-3">{t(`dock.data.${split}Use`)}</span>
                  </dt>
                  <dd className="font-mono text-small" data-split={split}>
                    {facts.splits[split] === 0 ? t('dock.data.noneHeld') : formatCount(facts.splits[split])}
                  </dd>
                </div>
              ))}
            </dl>
            <div className="facts">
              {Object.entries(facts.outputs).map(([port, type]) => (
                <div key={port} className="fact">
                  <span>{ports[port] ?? port}</span>
                  <b>{formatShape(type.shape)}</b>
                </div>
              ))}
            </div>
          </>
        )}
      </div>
      <div className="flex min-h-0 min-w-0 grow flex-col gap-2">
        {own ?? <h3 className="text-small">{t('dock.data.samples')}</h3>}
        {!own && <SampleGrid preview={preview} />}
      </div>
    </div>
  );
}
