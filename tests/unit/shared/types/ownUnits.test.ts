import { describe, expect, it } from 'vitest';
import { metricKeys } from '#main/engine/train/metricTotals.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { buildDocument } from '#shared/templates/buildDocument.ts';
import { distanceScale, inOwnUnits } from '#shared/types/ownUnits.ts';
import type { TensorType } from '#shared/types/portType.ts';
import { sampleKindOf } from '#shared/types/sampleKind.ts';

const units = { shift: [10, 1000], scale: [2, 50] };

describe('numbers that were normalised', () => {
  it('are in their own units column by column', () => {
    expect(inOwnUnits([0, 0, 1, -1], units)).toEqual([10, 1000, 12, 950]);
    expect(inOwnUnits([3], undefined)).toEqual([3]);
    expect(distanceScale(units)).toBe(1);
    expect(distanceScale({ shift: [5, 6], scale: [4, 4] })).toBe(4);
  });

  it('give errors in the units of the target, and figures without units as they are', () => {
    const document = buildDocument({
      name: 'prices',
      epochs: 1,
      batchSize: 4,
      nodes: [
        { id: 'table', kind: 'csv', at: [0, 0] },
        { id: 'dense', kind: 'dense', params: { units: 1 }, at: [1, 0] },
        { id: 'loss', kind: 'mean-squared-error', at: [2, 0] },
        { id: 'adam', kind: 'adam', at: [3, 0] },
        { id: 'mae', kind: 'absolute-error', at: [2, 1] },
        { id: 'r2', kind: 'r-squared', at: [2, 2] },
      ],
      wires: [
        'table.features > dense.x',
        'dense.y > loss.prediction',
        'table.values > loss.target',
        'loss.loss > adam.loss',
        'dense.y > mae.prediction',
        'table.values > mae.target',
        'dense.y > r2.prediction',
        'table.values > r2.target',
      ],
    });
    const column = (shape: TensorType['shape'], scale?: number): TensorType => ({
      type: 'tensor',
      dtype: 'float32',
      shape,
      meaning: { kind: 'features', ...(scale !== undefined && { units: { shift: [7], scale: [scale] } }) },
    });
    const outputs = { features: column(['B', 3]), values: column(['B', 1], 50) };
    const facts = { table: { outputs, splits: { train: 8, validation: 0, test: 0 } } };
    const plan = createPlan(document, facts);
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    const sums = { absolute: 4, squared: 4, target: 0, targetSquared: 8, count: 8, samples: 8 };
    const figures = new Map(metricKeys(plan.value).map(({ path, finish }) => [path, finish(sums)]));
    expect(figures.get('mae')).toBe(25);
    expect(figures.get('r2')).toBe(0.5);
  });
});

describe('samples', () => {
  const type = (meaning: TensorType['meaning'], ...shape: (number | string)[]): TensorType => ({
    type: 'tensor',
    dtype: 'float32',
    shape: ['B', ...shape],
    ...(meaning && { meaning }),
  });
  it.each([
    ['image', { a: type({ kind: 'image', range: [0, 1] }, 8, 8, 1), b: type(undefined) }],
    [
      'pair',
      {
        a: type({ kind: 'image', range: [0, 1] }, 8, 8, 1),
        b: type({ kind: 'image', range: [0, 1] }, 8, 8, 1),
      },
    ],
    ['graph', { x: type({ kind: 'features' }, 'N', 5), e: type({ kind: 'edges' }, 'E', 2) }],
    ['sequence', { text: type({ kind: 'tokens', vocabulary: [] }, 'T') }],
    ['row', { features: type({ kind: 'features' }, 4), label: type({ kind: 'class', labels: [] }) }],
    ['sample', { x: type(undefined, 3, 4, 5) }],
  ] as const)('are called %s', (kind, outputs) => {
    expect(sampleKindOf(outputs)).toBe(kind);
  });
});
