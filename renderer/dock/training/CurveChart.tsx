import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatCount } from '#shared/i18n/formatCount.ts';
import { getSeries, subscribeSeries } from '../../stores/runStore.ts';
import { formatFigure } from '../../ui/figures.ts';
import { formatDuration, formatPercent } from '../../ui/format.ts';
import { useThemeChange } from '../../ui/useThemeChange.ts';
import type { CurveAxis } from '../dockStore.ts';
import { type CurveRows, curveRows, nearest, newest } from './curveData.ts';

interface CurveChartProps {
  readonly runId: string;
  readonly metric: string;
  readonly title: string;
  readonly format: 'percent' | 'number';
  readonly axis: CurveAxis;
  readonly smoothing: number;
}

const powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

const formatX: Record<CurveAxis, (value: number) => string> = {
  step: formatCount,
  epoch: (value) => String(Number(value.toFixed(2))),
  time: formatDuration,
};

/** The shortest axis, and the distances that its ticks may have: whole steps, whole seconds. */
const axisX: Record<CurveAxis, { least: number; increments: number[] }> = {
  step: { least: 10, increments: [1, 2, 5].flatMap((digit) => powers.map((power) => digit * power)) },
  epoch: {
    least: 0.05,
    increments: [1, 2, 5].flatMap((digit) => [0.01, 0.1, ...powers].map((power) => digit * power)),
  },
  time: {
    least: 5,
    increments: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, ...powers.map((power) => power * 3600)],
  },
};
for (const { increments } of Object.values(axisX)) increments.sort((a, b) => a - b);

/** A line of one or two points is not seen: they are drawn as dots until there are more. */
const FEW = 3;
const fewPoints = (plot: uPlot, series: number): boolean =>
  (plot.data[series] ?? []).filter((value) => value !== null && value !== undefined).length < FEW;

/**
 * One metric of a run: train smoothed over its ghost, validation dashed. Points reach the chart
 * straight from the series, at most once per animation frame, without rendering React.
 */
export function CurveChart({ runId, metric, title, format, axis, smoothing }: CurveChartProps) {
  const { t } = useTranslation();
  const plotRef = useRef<HTMLDivElement>(null);
  const tipRef = useRef<HTMLDivElement>(null);
  const trainRef = useRef<HTMLElement>(null);
  const validationRef = useRef<HTMLElement>(null);
  const themeVersion = useThemeChange();

  useEffect(() => {
    const host = plotRef.current;
    const tip = tipRef.current;
    if (!host || !tip) return;
    const show = (value: number | null): string =>
      value === null ? '–' : format === 'percent' ? formatPercent(value) : formatFigure(value);
    let rows: CurveRows = [[], [], [], []];
    const legend = (train: number | null, validation: number | null): void => {
      if (trainRef.current) trainRef.current.textContent = show(train);
      if (validationRef.current) validationRef.current.textContent = show(validation);
    };
    const plot = new uPlot(
      chartOptions({
        host,
        group: runId,
        axis,
        format,
        themeVersion,
        onHover: (index, left) => {
          if (index === null) {
            tip.hidden = true;
            legend(newest(rows[2]), newest(rows[3]));
            return;
          }
          const train = nearest(rows[0], rows[2], index);
          const validation = nearest(rows[0], rows[3], index);
          tip.hidden = false;
          tip.replaceChildren(
            line(t(`dock.training.at.${axis}`, { value: formatX[axis](rows[0][index] ?? 0) }), ''),
            line(`${t('dock.training.train')} ${show(train)}`, 'train'),
            line(`${t('dock.training.validation')} ${show(validation)}`, 'validation'),
          );
          // On the side of the pointer where it fits.
          const fits = left + 12 + tip.offsetWidth <= host.clientWidth;
          tip.style.left = `${fits ? left + 12 : Math.max(0, left - 12 - tip.offsetWidth)}px`;
          legend(train, validation);
        },
      }),
      rows,
      host,
    );
    const draw = (): void => {
      rows = curveRows(getSeries(runId), metric, axis, smoothing);
      plot.setData(rows);
      legend(newest(rows[2]), newest(rows[3]));
      host.dataset.points = String(rows[0].length);
    };
    let frame = 0;
    const schedule = (): void => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          draw();
        });
    };
    draw();
    const offSeries = subscribeSeries(runId, schedule);
    const resize = new ResizeObserver(() => {
      plot.setSize({ width: host.clientWidth, height: host.clientHeight });
    });
    resize.observe(host);
    return () => {
      offSeries();
      resize.disconnect();
      cancelAnimationFrame(frame);
      plot.destroy();
    };
  }, [runId, metric, axis, smoothing, format, themeVersion, t]);

  return (
    <figure className="flex min-h-0 min-w-0 flex-col" data-curve={metric} aria-label={title}>
      <figcaption className="mb-1 flex flex-wrap items-center gap-x-2.5 text-small leading-4">
        <b className="min-w-0 grow truncate font-medium" title={title}>
          {title}
        </b>
        <span className="curve-legend curve-legend-train">
          {t('dock.training.train')} <code ref={trainRef} data-value="train" />
        </span>
        <span className="curve-legend curve-legend-validation">
          {t('dock.training.validation')} <code ref={validationRef} data-value="validation" />
        </span>
      </figcaption>
      <div className="relative min-h-0 grow">
        <div ref={plotRef} className="absolute inset-0" />
        <div ref={tipRef} className="curve-tip" hidden />
      </div>
    </figure>
  );
}

function line(text: string, series: string): HTMLElement {
  const element = document.createElement('div');
  element.textContent = text;
  element.dataset.series = series;
  return element;
}

interface ChartOptions {
  readonly host: HTMLElement;
  /** Charts of one group show the same place under the pointer. */
  readonly group: string;
  readonly axis: CurveAxis;
  readonly format: 'percent' | 'number';
  /** Colours are read from the tokens anew whenever it changes. */
  readonly themeVersion: number;
  /** Index of the row under the pointer and its place; null when the pointer leaves. */
  readonly onHover: (index: number | null, left: number) => void;
}

function chartOptions({ host, group, axis, format, onHover }: ChartOptions): uPlot.Options {
  const style = getComputedStyle(host);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const axisLook = {
    stroke: token('--text-3'),
    font: `10px ${token('--font-mono')}`,
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: host.clientWidth || 300,
    height: host.clientHeight || 120,
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { show: false },
      sync: { key: group, scales: ['x', null] },
    },
    scales: {
      x: { time: false, range: (_plot, _low, high) => [0, Math.max(high || 0, axisX[axis].least)] },
      y: {
        range: (_plot, low, high) => {
          if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
          // One value has no range of its own.
          if (low === high)
            return format === 'percent' || low === 0 ? [0, 1] : [Math.min(0, 2 * low), Math.max(0, 2 * high)];
          const margin = (high - low) * 0.06;
          const top = format === 'percent' ? Math.min(1, high + margin) : high + margin;
          return [
            Math.max(0, low - margin) === 0 || low >= 0 ? Math.max(0, low - margin) : low - margin,
            top,
          ];
        },
      },
    },
    axes: [
      {
        ...axisLook,
        grid: { show: false },
        size: 20,
        gap: 4,
        incrs: axisX[axis].increments,
        values: (_plot, at) => at.map(formatX[axis]),
      },
      {
        ...axisLook,
        size: 46,
        gap: 6,
        space: 26,
        values: (_plot, at) =>
          at.map((value) =>
            format === 'percent'
              ? formatPercent(value, at.length > 1 && Math.abs((at[1] ?? 0) - (at[0] ?? 0)) < 0.01 ? 1 : 0)
              : formatTick(value),
          ),
      },
    ],
    series: [
      {},
      { stroke: token('--s-ghost'), width: 1, spanGaps: true, points: { show: false } },
      {
        stroke: token('--s-train'),
        width: 2,
        spanGaps: true,
        points: { show: fewPoints, size: 6, fill: token('--s-train'), stroke: token('--s-train') },
      },
      {
        stroke: token('--s-val'),
        width: 2,
        dash: [5, 4],
        spanGaps: true,
        points: { show: true, size: 5, fill: token('--s-val'), stroke: token('--s-val') },
      },
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const index = plot.cursor.idx;
          onHover(
            index === null || index === undefined || (plot.cursor.left ?? -1) < 0 ? null : index,
            (plot.cursor.left ?? 0) + 46,
          );
        },
      ],
    },
  };
}

function formatTick(value: number): string {
  return Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4)
    ? value.toExponential(0)
    : String(Number(value.toPrecision(6)));
}
