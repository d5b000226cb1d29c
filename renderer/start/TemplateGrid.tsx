import { Clock, Database, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { architectureText, templateText } from '#shared/i18n/templateTexts.ts';
import type { NodeCategory } from '#shared/nodes/defineNode.ts';
import { findNodeDefinition, isPercentage, nodeDefinitions } from '#shared/nodes/registry.ts';
import type { Template } from '#shared/templates/index.ts';
import { hasOwnKeys } from '../commands/useKeymap.ts';
import { describeMetric } from '../dock/training/curveMetrics.ts';
import { Kbd } from '../ui/Button.tsx';
import { formatPercent } from '../ui/format.ts';
import { beginsWordIn, fuzzyQuery } from '../ui/fuzzy.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { GraphPicture } from './GraphPicture.tsx';

interface TemplateGridProps {
  readonly templates: readonly Template[];
  readonly onUse: (template: Template) => void;
}

/** Trained to the end within a minute. */
const QUICK_SECONDS = 60;
/** Longer times are given in minutes. */
const IN_MINUTES_FROM = 90;
/** Categories that tell architectures apart; dense layers are in nearly all of them. */
const telling: readonly NodeCategory[] = ['graph', 'attention', 'recurrent', 'generative', 'convolution'];

type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'quick' }
  | { readonly kind: 'architecture'; readonly name: string };

/** Networks to start from, by architecture, each with what it reaches and how long that takes. */
export function TemplateGrid({ templates, onUse }: TemplateGridProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>({ kind: 'all' });
  const [query, setQuery] = useState('');
  const architectures = [...new Set(templates.map(({ architecture }) => architecture))];
  const shown = templates.filter((template) => {
    const { architecture, measured } = template;
    const text = templateText(template);
    return (
      (filter.kind === 'all' ||
        (filter.kind === 'quick'
          ? measured.values.length > 0 && measured.seconds <= QUICK_SECONDS
          : architecture === filter.name)) &&
      (query.trim() === '' ||
        fuzzyQuery(query, [
          [text.title, 2],
          [template.title, 2],
          [text.architecture, 1],
          [architecture, 1],
          [text.dataset, 1],
        ]) > 0 ||
        beginsWordIn(text.description, query.trim()))
    );
  });
  const chips: readonly { readonly key: string; readonly label: string; readonly value: Filter }[] = [
    { key: 'all', label: t('start.all', { count: templates.length }), value: { kind: 'all' } },
    ...architectures.map((name) => ({
      key: name,
      label: architectureText(name),
      value: { kind: 'architecture', name } as const,
    })),
    { key: 'quick', label: t('start.quick'), value: { kind: 'quick' } },
  ];
  // As in the library: the slash leads here, Enter takes the first, and the arrow goes down to the cards.
  const field = useRef<HTMLInputElement>(null);
  const groups = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (hasOwnKeys(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const onSearchKey = (event: KeyboardEvent): void => {
    const first = groups.current?.querySelector<HTMLElement>('.start-card');
    if (event.key === 'Escape') setQuery('');
    else if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === 'Enter' && query.trim() !== '') first?.click();
  };
  const chosen = filter.kind === 'architecture' ? filter.name : filter.kind;
  return (
    <>
      <div className="start-find">
        <h2 className="text-title">{t('start.templates')}</h2>
        <div className="field">
          <Search size={14} aria-hidden="true" />
          <input
            type="search"
            aria-label={t('start.search')}
            placeholder={t('start.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            ref={field}
            onKeyDown={onSearchKey}
          />
          <Kbd>/</Kbd>
        </div>
        <div className="start-chips" role="toolbar" aria-label={t('start.filter')}>
          {chips.map(({ key, label, value }) => (
            <button key={key} type="button" aria-pressed={chosen === key} onClick={() => setFilter(value)}>
              {label}
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 && <p className="start-none">{t('start.noneFound')}</p>}
      <div className="start-groups" ref={groups}>
        {architectures.map((architecture) => {
          const members = shown.filter((template) => template.architecture === architecture);
          return members.length === 0 ? null : (
            <section key={architecture} aria-label={architectureText(architecture)}>
              <GroupHeading architecture={architecture} members={members} />
              <div className="start-cards">
                {members.map((template) => (
                  <TemplateCard key={template.id} template={template} onUse={onUse} />
                ))}
              </div>
            </section>
          );
        })}
      </div>
    </>
  );
}

interface GroupHeadingProps {
  readonly architecture: string;
  readonly members: readonly Template[];
}

/** An architecture with the glyph of the nodes that make it one. */
function GroupHeading({ architecture, members }: GroupHeadingProps) {
  const definitions = members.flatMap(({ document }) =>
    document.nodes.flatMap(({ kind }) => findNodeDefinition(kind) ?? []),
  );
  const count = (category: NodeCategory): number =>
    definitions.filter((node) => node.category === category).length;
  const [most = 'dense'] = telling.toSorted((a, b) => count(b) - count(a));
  const category = count(most) > 0 ? most : 'dense';
  const icon = nodeDefinitions.find((node) => node.category === category)?.icon;
  return (
    <h3 className="start-group" style={categoryStyle(category)}>
      <Glyph icon={icon} />
      {architectureText(architecture)}
    </h3>
  );
}

interface TemplateCardProps {
  readonly template: Template;
  readonly onUse: (template: Template) => void;
}

function TemplateCard({ template, onUse }: TemplateCardProps) {
  const { t } = useTranslation();
  const { expected, measured, document } = template;
  const { title, description, dataset } = templateText(template);
  const metric = describeMetric(expected.metric).title ?? t('inspector.loss');
  const isShare = isPercentage(expected.metric);
  const format = (value: number, digits?: number) =>
    isShare ? formatPercent(value, digits) : value.toPrecision(3);
  const worst = 'atMost' in expected ? Math.max(...measured.values) : Math.min(...measured.values);
  const help = t('start.measuredHelp', {
    epochs: document.training.epochs,
    metric,
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
        {measured.values.length === 0 ? (
          <span className="mt-auto text-caption text-text-3">{t('start.notMeasured')}</span>
        ) : (
          <span className="mt-auto flex items-end gap-3 text-caption" title={help}>
            <span>{t('start.measuredValue', { metric, value: format(worst, 1) })}</span>
            <span className="ml-auto flex flex-none items-center gap-1.5 whitespace-nowrap text-text-3">
              <Clock size={12} aria-hidden />
              {measured.seconds < IN_MINUTES_FROM
                ? t('start.measuredTime', { seconds: measured.seconds })
                : t('start.measuredMinutes', { minutes: Math.round(measured.seconds / 60) })}
            </span>
          </span>
        )}
      </span>
    </button>
  );
}
