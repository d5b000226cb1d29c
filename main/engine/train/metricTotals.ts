import { dataPortKey, dataPortType } from '#shared/compile/dataPorts.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { Metrics } from '#shared/protocol/run.ts';
import { distanceScale, ownUnitsOf } from '#shared/types/ownUnits.ts';
import type { StepResult } from '../runtime.ts';
import type { Totals } from './checkpointState.ts';

export interface MetricKey {
  readonly path: string;
  readonly key: string;
  readonly better: 'higher' | 'lower';
  finish(sums: Readonly<Record<string, number>>): number;
}

/** The plan's metrics with the keys under which they are reported; a second of a kind gets its path added. */
export function metricKeys(plan: Plan): MetricKey[] {
  const kinds = new Map(plan.nodes.map((node) => [node.path, node.kind]));
  const used = new Set<string>();
  return plan.metrics.map((path) => {
    const definition = findNodeDefinition(kinds.get(path) ?? '');
    if (definition?.role !== 'metric') throw new Error(`${path} is not a metric`);
    const key = used.has(definition.metricKey) ? `${definition.metricKey} (${path})` : definition.metricKey;
    used.add(key);
    const scale = figureScale(plan, path, definition.inUnitsOf);
    return { path, key, better: definition.better, finish: (sums) => definition.finish(sums) * scale };
  });
}

/** What a figure of normalised numbers is multiplied by to be in their own units. */
function figureScale(plan: Plan, path: string, port: string | undefined): number {
  if (port === undefined) return 1;
  const [source] = plan.nodes.find((node) => node.path === path)?.inputs[port] ?? [];
  const key = source ? dataPortKey(plan, source) : null;
  return key === null ? 1 : distanceScale(ownUnitsOf(dataPortType(plan, key)));
}

/** Adds up loss and metric sums over batches, whose sizes may differ. */
export class MetricTotals {
  private samples = 0;
  private loss = 0;
  private sums: Record<string, Record<string, number>> = {};
  /** By optimiser path, where there are several. */
  private losses: Record<string, number> = {};
  private readonly keys: readonly MetricKey[];

  constructor(keys: readonly MetricKey[], totals?: Totals) {
    this.keys = keys;
    if (totals) {
      this.samples = totals.samples;
      this.loss = totals.loss;
      this.sums = structuredClone(totals.metrics);
      this.losses = { ...totals.losses };
    }
  }

  get empty(): boolean {
    return this.samples === 0;
  }

  add(result: StepResult, size: number): void {
    this.samples += size;
    this.loss += result.loss * size;
    for (const path in result.losses) {
      this.losses[path] = (this.losses[path] ?? 0) + (result.losses[path] ?? 0) * size;
    }
    for (const path in result.sums) {
      const from = result.sums[path] ?? {};
      let to = this.sums[path];
      if (!to) {
        to = {};
        this.sums[path] = to;
      }
      for (const name in from) to[name] = (to[name] ?? 0) + (from[name] ?? 0);
    }
  }

  /** Mean loss, that of each optimiser where there are several (`loss (<path>)`), and finished metrics. */
  metrics(): Metrics {
    const metrics: Metrics = { loss: this.loss / this.samples };
    for (const [path, loss] of Object.entries(this.losses)) metrics[`loss (${path})`] = loss / this.samples;
    for (const { path, key, finish } of this.keys) metrics[key] = finish(this.sums[path] ?? {});
    return metrics;
  }

  totals(): Totals {
    return {
      samples: this.samples,
      loss: this.loss,
      metrics: structuredClone(this.sums),
      ...(Object.keys(this.losses).length > 0 && { losses: { ...this.losses } }),
    };
  }

  clear(): void {
    this.samples = 0;
    this.loss = 0;
    this.sums = {};
    this.losses = {};
  }
}
