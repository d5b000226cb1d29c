import { Clock, Database } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Template } from '#shared/templates/index.ts';
import { formatPercent } from '../ui/format.ts';
import { GraphPicture } from './GraphPicture.tsx';

interface TemplateGridProps {
  readonly templates: readonly Template[];
  readonly onUse: (template: Template) => void;
}

/** Networks to start from, by architecture, each with what it reaches and how long that takes. */
export function TemplateGrid({ templates, onUse }: TemplateGridProps) {
  const groups = new Map<string, Template[]>();
  for (const template of templates) {
    groups.set(template.architecture, [...(groups.get(template.architecture) ?? []), template]);
  }
  return (
    <div className="start-groups">
      {[...groups].map(([architecture, members]) => (
        <section key={architecture} aria-label={architecture}>
          <h3 className="mb-2 text-body">{architecture}</h3>
          <div className="start-cards">
            {members.map((template) => (
              <TemplateCard key={template.id} template={template} onUse={onUse} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

interface TemplateCardProps {
  readonly template: Template;
  readonly onUse: (template: Template) => void;
}

function TemplateCard({ template, onUse }: TemplateCardProps) {
  const { t } = useTranslation();
  const { title, description, dataset, expected, measured, document } = template;
  const isShare = expected.metric === 'accuracy';
  const format = (value: number, digits?: number) =>
    isShare ? formatPercent(value, digits) : value.toPrecision(3);
  const worst = 'atMost' in expected ? Math.max(...measured.values) : Math.min(...measured.values);
  const help = t('start.measuredHelp', {
    epochs: document.training.epochs,
    metric: expected.metric,
    values: measured.values.map((value) => format(value)).join(', '),
    seconds: measured.seconds,
  });
  return (
    <button
      type="button"
      className="start-card"
      aria-label={t('start.useTemplate', { title })}
      onClick={() => onUse(template)}
      data-template={template.id}
    >
      <span className="start-art">
        <GraphPicture document={document} label={t('start.picture', { title })} />
        <span className="start-use">{t('start.use')}</span>
      </span>
      <span className="start-text">
        <b className="text-body">{title}</b>
        <span className="flex items-center gap-1.5 text-caption text-text-3">
          <Database size={12} aria-label={t('start.dataset')} role="img" />
          {dataset}
        </span>
        <span className="text-caption text-text-2">{description}</span>
        <span className="mt-auto flex items-center text-caption" title={help}>
          <span>{t('start.measuredValue', { metric: expected.metric, value: format(worst, 1) })}</span>
          <span className="ml-auto flex items-center gap-1.5 text-text-3">
            <Clock size={12} aria-hidden />
            {t('start.measuredTime', { seconds: measured.seconds })}
          </span>
        </span>
      </span>
    </button>
  );
}
