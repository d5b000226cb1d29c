import { setImmediate as nextTurn } from 'node:timers/promises';
import { engineFailure } from '#main/services/engineFailure.ts';
import { outerNodeId } from '#shared/compile/expandBlocks.ts';
import type { Plan, PlanDataset } from '#shared/compile/plan.ts';
import type { Split } from '#shared/protocol/engine.ts';
import { formatShape, type TensorType } from '#shared/types/portType.ts';
import { type Column, sampleLength, type Table } from '../data/column.ts';
import type { PlanData } from '../data/planData.ts';
import { EngineError } from '../failures.ts';

const splits: readonly Split[] = ['train', 'validation', 'test'];

/**
 * Refuses data that a run cannot be trained with, before its first step: empty splits, a batch
 * larger than the data, samples of another shape than the data node says, labels that name no class,
 * values that are no numbers. What is too large to be in memory is looked at no further than its
 * first sample.
 * @throws EngineError with the reason `data-unavailable` and the data node.
 */
export async function checkRunData(plan: Plan, data: PlanData): Promise<void> {
  const [first] = plan.datasets;
  const place = first && { nodeId: outerNodeId(first.path) };
  const { train, validation } = data.counts;
  const { batchSize, earlyStopping } = plan.training;
  if (train === 0) {
    throw new EngineError({ ...engineFailure('data-unavailable', 'training-split-empty'), ...place });
  }
  if (earlyStopping.enabled && validation === 0) {
    throw new EngineError({ ...engineFailure('data-unavailable', 'validation-split-empty'), ...place });
  }
  if (batchSize > train) {
    const failure = engineFailure('data-unavailable', 'batch-larger-than-data', { batchSize, count: train });
    throw new EngineError({ ...failure, ...place });
  }
  const sample = await data.gather({ split: 'train', indices: null, start: 0, size: 1 });
  for (const dataset of plan.datasets) {
    for (const [port, type] of Object.entries(dataset.facts.outputs)) {
      const value = sample.values[`${dataset.path}.${port}`];
      if (value) checkShape(dataset, port, type, value);
    }
    const table = data.resident?.[dataset.path];
    if (!table) continue;
    for (const [port, column] of Object.entries(table.columns)) {
      checkValues(plan, dataset, port, column, table);
      // A large table takes a while, in which messages must be served.
      await nextTurn();
    }
  }
}

function checkShape(
  dataset: PlanDataset,
  port: string,
  type: TensorType,
  value: { readonly shape: readonly number[]; readonly dtype: string },
): void {
  const fits =
    value.dtype === type.dtype &&
    value.shape.length === type.shape.length &&
    type.shape.every((dim, axis) => typeof dim === 'string' || dim === value.shape[axis]);
  if (fits) return;
  throw new EngineError({
    ...engineFailure('data-unavailable', 'data-shape', {
      port,
      expected: formatShape(type.shape),
      found: formatShape(value.shape),
    }),
    nodeId: outerNodeId(dataset.path),
  });
}

function checkValues(
  plan: Plan,
  dataset: PlanDataset,
  port: string,
  { format, data }: Column,
  table: Table,
): void {
  const classes = format.dtype === 'int32' ? classesOf(plan, dataset, port) : undefined;
  const wrong =
    classes !== undefined
      ? data.findIndex((value: number) => value < 0 || value >= classes)
      : format.stored === 'float32'
        ? data.findIndex((value: number) => !Number.isFinite(value))
        : -1;
  if (wrong < 0) return;
  const row = Math.floor(wrong / sampleLength(format));
  const split = splits.findLast((name) => row >= table.firstRow[name]) ?? 'train';
  const where = { port, split, sample: row - table.firstRow[split], value: String(data[wrong]) };
  throw new EngineError({
    ...(classes !== undefined
      ? engineFailure('data-unavailable', 'label-out-of-range', { ...where, classes })
      : engineFailure('data-unavailable', 'value-not-finite', where)),
    nodeId: outerNodeId(dataset.path),
  });
}

/** How many classes the whole numbers of a port may name; undefined where they name none. */
function classesOf(plan: Plan, dataset: PlanDataset, port: string): number | undefined {
  const meaning = dataset.facts.outputs[port]?.meaning;
  if (meaning?.kind === 'class') return meaning.labels.length;
  if (meaning?.kind === 'tokens') return meaning.vocabulary.length;
  const prediction = plan.predictions.find(
    ({ target, activation }) =>
      activation === 'softmax' && target.path === dataset.path && target.port === port,
  );
  const width = prediction?.type.shape.at(-1);
  return typeof width === 'number' ? width : undefined;
}
