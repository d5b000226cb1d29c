import { useTranslation } from 'react-i18next';
import { setParam } from '#shared/graph/commands.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { formatCount } from '#shared/i18n/formatCount.ts';
import type { ColumnReport, TableReport as Report } from '#shared/protocol/data.ts';
import { edit } from '../../canvas/canvasApi.ts';
import { Select } from '../../ui/Field.tsx';
import { formatValue } from '../../ui/format.ts';

interface TableReportProps {
  readonly node: NodeInstance;
  readonly report: Report;
}

/** More columns than this are listed in the file, not here. */
const MOST_COLUMNS = 60;
const roles = ['feature', 'target', 'ignored'] as const;
const types = ['number', 'category'] as const;

const listOf = (node: NodeInstance, param: string): string[] => {
  const value = node.params[param];
  return Array.isArray(value) ? value.map(String) : [];
};

const without = (list: readonly string[], name: string): string[] => list.filter((other) => other !== name);

/** A column's role or type as a person corrects it; the rest stays as it was found. */
function correct(node: NodeInstance, report: Report, name: string, choice: string): void {
  const set = (param: string, value: string[]): void => {
    if (JSON.stringify(value) !== JSON.stringify(listOf(node, param))) edit(setParam(node.id, param, value));
  };
  const targets = report.columns.filter(({ role }) => role === 'target').map((column) => column.name);
  switch (choice) {
    case 'target':
      set('ignore', without(listOf(node, 'ignore'), name));
      set('target', [...without(targets, name), name]);
      break;
    case 'feature':
      set('ignore', without(listOf(node, 'ignore'), name));
      set('target', without(targets, name));
      break;
    case 'ignored':
      set('target', without(targets, name));
      set('ignore', [...without(listOf(node, 'ignore'), name), name]);
      break;
    case 'number':
    case 'category': {
      const [param, other] = choice === 'number' ? ['numbers', 'categories'] : ['categories', 'numbers'];
      set(other, without(listOf(node, other), name));
      set(param, [...without(listOf(node, param), name), name]);
    }
  }
}

/** What looking at a table found: its columns, to be corrected, and its first rows. */
export function TableReport({ node, report }: TableReportProps) {
  const { t } = useTranslation();
  const shown = report.columns.slice(0, MOST_COLUMNS);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="overflow-x-auto">
        <table className="data-table" aria-label={t('dock.data.columns')}>
          <thead>
            <tr>
              {(['column', 'type', 'role', 'distinct', 'missing', 'values'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`dock.data.heads.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <tr key={column.name} data-role={column.role}>
                <th scope="row">{column.name}</th>
                <td>
                  <Choice
                    label={t('dock.data.typeOf', { column: column.name })}
                    value={column.type}
                    options={[...new Set([column.type, ...types])]}
                    prefix="types"
                    onChange={(choice) => correct(node, report, column.name, choice)}
                  />
                </td>
                <td>
                  <Choice
                    label={t('dock.data.roleOf', { column: column.name })}
                    value={column.role}
                    options={[...new Set([column.role, ...roles])]}
                    prefix="roles"
                    onChange={(choice) => correct(node, report, column.name, choice)}
                  />
                </td>
                <td className="num">
                  {column.distinct === null ? t('dock.data.many') : formatCount(column.distinct)}
                </td>
                <td className="num" data-warn={column.missing > 0 || undefined}>
                  {formatCount(column.missing)}
                </td>
                <td>{valuesOf(column)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {report.columns.length > MOST_COLUMNS && (
          <p className="hint">
            {t('dock.data.moreColumns', { count: report.columns.length - MOST_COLUMNS })}
          </p>
        )}
      </div>
      <div className="overflow-x-auto">
        <h3 className="mb-1 text-small">{t('dock.data.firstRows')}</h3>
        <table className="data-table font-mono" aria-label={t('dock.data.firstRows')}>
          <thead>
            <tr>
              {shown.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {firstRows(report).map(({ line, cells }) => (
              <tr key={line}>
                {shown.map(({ name }, index) => (
                  <td key={name}>{cells[index] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Rows with the numbers that they have in the file. */
const firstRows = ({ head }: Report) => head.slice(0, 20).map((cells, index) => ({ line: index + 1, cells }));

/** `5.84 ± 0.83`, or the most frequent classes. */
function valuesOf({ classes, mean, deviation, min, max }: ColumnReport): string {
  if (mean !== undefined && deviation !== undefined && min !== undefined && max !== undefined) {
    const short = (value: number): string => formatValue(Number(value.toPrecision(4)));
    return `${short(mean)} ± ${short(deviation)} (${short(min)} – ${short(max)})`;
  }
  return (classes ?? [])
    .slice(0, 4)
    .map(({ name, count }) => `${name} ${formatCount(count)}`)
    .join(', ');
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly prefix: 'types' | 'roles';
  readonly onChange: (choice: string) => void;
}

function Choice({ label, value, options, prefix, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const texts = options.map((option) => ({
    value: option,
    label: String(t(`dock.data.${prefix}.${option}` as 'dock.data.types.number')),
  }));
  return <Select label={label} value={value} options={texts} onChange={onChange} />;
}
