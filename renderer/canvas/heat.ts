import type { CSSProperties } from 'react';
import type { Analysis, NodeAnalysis } from '#shared/compile/plan.ts';
import { stepWork } from '#shared/compile/stepWork.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useViewStore } from '../stores/viewStore.ts';
import { formatBytes, formatPercent, formatQuantity } from '../ui/format.ts';

/** What the cards may be coloured by. */
export const heatMeasures = ['parameters', 'flops', 'activations', 'time'] as const;
export type HeatMeasure = (typeof heatMeasures)[number];

interface Warmth {
  /** 0 to 1, by the logarithm: what is ten times less is still told from nothing. */
  readonly level: number;
  /** Of the sum over all nodes. */
  readonly share: number;
  readonly label: string;
}

export interface Heat {
  readonly measure: HeatMeasure;
  warmthOf(nodeId: string): Warmth | undefined;
  colorOf(nodeId: string): string;
}

const measures: Readonly<Record<HeatMeasure, (node: NodeAnalysis, batchSize: number) => number>> = {
  parameters: ({ parameterCount }) => parameterCount,
  flops: ({ flops }) => flops,
  activations: ({ activationBytes }) => activationBytes,
  time: stepWork,
};

/** Powers of ten from the least to the most that is told apart. */
const DECADES = 4;

export const heatColor = (level: number): string =>
  `color-mix(in oklab, var(--heat) ${Math.round(level * 100)}%, var(--node))`;

function label(measure: HeatMeasure, value: number, share: number): string {
  if (measure === 'time')
    return share < 0.0005 ? `<${formatPercent(0.001, 1)}` : formatPercent(share, share < 0.1 ? 1 : 0);
  return measure === 'activations' ? formatBytes(value) : formatQuantity(value);
}

function measureHeat(analysis: Analysis, measure: HeatMeasure, batchSize: number): Heat {
  // Blocks stand for what is in them: only what has a card of its own is coloured, the rest is never asked for.
  const values = new Map(
    [...analysis.nodes].map(([id, node]) => [id, measures[measure](node, batchSize)] as const),
  );
  const own = [...values].filter(([id]) => !id.includes('/')).map(([, value]) => value);
  const most = Math.max(0, ...own);
  const sum = own.reduce((total, value) => total + value, 0);
  const warmthOf = (id: string): Warmth | undefined => {
    const value = values.get(id);
    if (value === undefined || value <= 0 || most <= 0) return undefined;
    const share = value / sum;
    const level = Math.max(0.04, 1 + Math.log10(value / most) / DECADES);
    return { level, share, label: label(measure, value, share) };
  };
  return { measure, warmthOf, colorOf: (id) => heatColor(warmthOf(id)?.level ?? 0) };
}

let latest: { readonly nodes: Analysis['nodes']; readonly batchSize: number; readonly heat: Heat } | null =
  null;

/** The heat map that is switched on, or null. The same object until the analysis changes. */
export function useHeat(): Heat | null {
  const measure = useViewStore((view) => view.heat);
  return useDocumentStore(({ graphAnalysis: analysis, document }) => {
    if (measure === 'none' || !document) return null;
    const { batchSize } = document.training;
    if (
      latest?.nodes !== analysis.nodes ||
      latest.heat.measure !== measure ||
      latest.batchSize !== batchSize
    ) {
      latest = { nodes: analysis.nodes, batchSize, heat: measureHeat(analysis, measure, batchSize) };
    }
    return latest.heat;
  });
}

/** The looks of a card in the heat map: how warm it is, and the length of the bar that says it without colour. */
export const warmStyle = ({ level, share }: Warmth): CSSProperties =>
  ({ '--warmth': heatColor(level), '--share': share }) as CSSProperties;

/** How warm one card is; undefined while the map is off, or where there is nothing to measure. */
export function useWarmth(nodeId: string): Warmth | undefined {
  return useHeat()?.warmthOf(nodeId);
}
