import { describe, expect, it } from 'vitest';
import type { Table } from '#main/engine/data/column.ts';
import { combineSources } from '#main/engine/data/planData.ts';
import { createTableSource } from '#main/engine/data/table.ts';
import { EngineError } from '#main/engine/failures.ts';
import { checkRunData } from '#main/engine/train/checkRunData.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { trainingSchema } from '#shared/graph/document.ts';
import { template } from '../../../shared/networks.ts';

const PIXELS = 28 * 28;

interface Samples {
  /** Of each split. */
  readonly counts: readonly [number, number, number];
  readonly width?: number;
  change?(image: Float32Array, label: Int32Array): void;
  readonly training?: Record<string, unknown>;
}

/** MNIST's ports with few samples of our own. */
function check({ counts: [train, validation, test], width = 28, change, training = {} }: Samples) {
  const made = createPlan(template('mlp-mnist'));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const [known] = made.value.datasets;
  if (!known) throw new Error('no dataset');
  const facts = { ...known.facts, splits: { train, validation, test } };
  const plan: Plan = {
    ...made.value,
    datasets: [{ ...known, facts }],
    training: trainingSchema.parse({ batchSize: 2, ...training }),
  };
  const rows = train + validation + test;
  const image = new Float32Array(rows * 28 * width);
  const label = new Int32Array(rows);
  change?.(image, label);
  const table: Table = {
    rows,
    firstRow: { train: 0, validation: train, test: train + validation },
    columns: {
      image: {
        format: { stored: 'float32', dtype: 'float32', divisor: 1, shape: [28, width, 1] },
        data: image,
      },
      label: { format: { stored: 'int32', dtype: 'int32', divisor: 1, shape: [] }, data: label },
    },
  };
  const dataset = plan.datasets[0];
  if (!dataset) throw new Error('no dataset');
  const data = combineSources([{ dataset, source: createTableSource(facts, true, table) }]);
  return checkRunData(plan, data).then(
    () => null,
    (error: unknown) => {
      if (error instanceof EngineError) return error.failure;
      throw error;
    },
  );
}

describe('the data of a run', () => {
  it('are taken where nothing is wrong', async () => {
    expect(await check({ counts: [4, 2, 2] })).toBeNull();
    expect(await check({ counts: [2, 0, 0] })).toBeNull();
  });

  it.each<[string, Samples, RegExp]>([
    ['training-split-empty', { counts: [0, 2, 2] }, /training split is empty/],
    [
      'validation-split-empty',
      { counts: [4, 0, 2], training: { earlyStopping: { enabled: true } } },
      /Early stopping/,
    ],
    ['batch-larger-than-data', { counts: [4, 2, 2], training: { batchSize: 5 } }, /have 5 samples.* only 4 /],
    ['data-shape', { counts: [4, 2, 2], width: 27 }, /28×27×1/],
    [
      'value-not-finite',
      {
        counts: [4, 2, 2],
        change: (image) => {
          image[5 * PIXELS + 3] = Number.NaN;
        },
      },
      /Sample 1 of the validation split .*“image”.*NaN/,
    ],
    [
      'label-out-of-range',
      {
        counts: [4, 2, 2],
        change: (_, label) => {
          label[7] = 10;
        },
      },
      /Sample 1 of the test split has the label 10 .* 0 to 9\./,
    ],
    [
      'label-out-of-range',
      {
        counts: [4, 2, 2],
        change: (_, label) => {
          label[2] = -1;
        },
      },
      /Sample 2 of the train split has the label -1/,
    ],
  ])('are refused with %s', async (code, samples, message) => {
    const failure = await check(samples);
    expect(failure).toMatchObject({ reason: 'data-unavailable', code, nodeId: 'mnist' });
    expect(failure?.message).toMatch(message);
  });
});
