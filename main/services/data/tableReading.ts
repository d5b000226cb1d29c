import { z } from 'zod';
import { isMissing, parseDate, parseNumber } from './cells.ts';
import { dialectSchema } from './dialect.ts';

const column = z.int().nonnegative();
const name = z.string();
const finite = z.number();

/** `(number − shift) / scale`; a gap counts as `fill`. */
const numberColumnSchema = z.object({
  column,
  name,
  kind: z.enum(['number', 'date']),
  shift: finite,
  scale: finite,
  fill: finite,
});
/** A row with a 1 at the place of the class; a gap counts as the class `fill`. */
const categoryColumnSchema = z.object({
  column,
  name,
  kind: z.literal('category'),
  classes: z.array(z.string()),
  fill: z.int(),
});

/** How rows of a table become numbers: kept with a run, so that new rows are read as those it was trained on. */
export const tableReadingSchema = z.object({
  dialect: dialectSchema,
  /** Of all columns, in the order of the file. */
  names: z.array(name),
  /** Rows in the file. */
  rows: z.int().nonnegative(),
  missing: z.enum(['refuse', 'mean', 'drop']),
  features: z.array(z.discriminatedUnion('kind', [numberColumnSchema, categoryColumnSchema])),
  labels: z.array(z.object({ port: z.string(), column, name, classes: z.array(z.string()) })),
  values: z.array(numberColumnSchema),
  split: z.object({
    kind: z.enum(['shuffle', 'order', 'column']),
    /** Of the column that says it. */
    column: column.nullable(),
    validation: finite,
    test: finite,
    seed: z.int(),
  }),
});
export type TableReading = z.infer<typeof tableReadingSchema>;
export type FeatureColumn = TableReading['features'][number];

/** Numbers that a feature column takes in a row. */
export const featureWidth = (feature: FeatureColumn): number =>
  feature.kind === 'category' ? feature.classes.length : 1;

export const featuresWidth = ({ features }: TableReading): number =>
  features.reduce((sum, feature) => sum + featureWidth(feature), 0);

/** What each feature number is called. */
export const featureNames = ({ features }: TableReading): readonly string[] =>
  features.flatMap((feature) =>
    feature.kind === 'category'
      ? feature.classes.map((value) => `${feature.name} = ${value}`)
      : [feature.name],
  );

/** Turns the cells of rows into numbers. */
export class RowEncoder {
  readonly width: number;
  readonly #reading: TableReading;
  readonly #places: readonly ReadonlyMap<string, number>[];
  readonly #labels: readonly ReadonlyMap<string, number>[];

  constructor(reading: TableReading) {
    this.#reading = reading;
    this.width = featuresWidth(reading);
    this.#places = reading.features.map((feature) =>
      places(feature.kind === 'category' ? feature.classes : []),
    );
    this.#labels = reading.labels.map(({ classes }) => places(classes));
  }

  /** The features of a row, written from `at` on. `columns` says where each named column stands in `cells`. */
  writeFeatures(cells: readonly string[], into: Float32Array, at: number, columns = ownColumn): void {
    let place = at;
    for (const [index, feature] of this.#reading.features.entries()) {
      const cell = cells[columns(feature.column)] ?? '';
      if (feature.kind === 'category') {
        const known = isMissing(cell) ? feature.fill : (this.#places[index]?.get(cell.trim()) ?? -1);
        // A value that was not in the table is none of its classes.
        if (known >= 0) into[place + known] = 1;
        place += feature.classes.length;
      } else {
        into[place] = this.#number(feature, cell);
        place += 1;
      }
    }
  }

  /** Class of a row in the labels' column; −1 for a gap or a class that is not known. */
  label(index: number, cells: readonly string[]): number {
    const column = this.#reading.labels[index]?.column ?? -1;
    return this.#labels[index]?.get((cells[column] ?? '').trim()) ?? -1;
  }

  value(index: number, cells: readonly string[]): number {
    const target = this.#reading.values[index];
    return target ? this.#number(target, cells[target.column] ?? '') : 0;
  }

  #number({ kind, shift, scale, fill }: TableReading['values'][number], cell: string): number {
    const found = numberOf(cell, kind, this.#reading.dialect.decimal);
    return ((Number.isFinite(found) ? found : fill) - shift) / scale;
  }
}

/** The finite number of a cell; NaN for a gap. */
export function numberOf(cell: string, kind: 'number' | 'date', decimal: 'point' | 'comma'): number {
  const found = kind === 'date' ? parseDate(cell) : isMissing(cell) ? Number.NaN : parseNumber(cell, decimal);
  return Number.isFinite(found) ? found : Number.NaN;
}

/** Whether a row lacks a number or class that the reading needs. */
export function lacks(reading: TableReading, cells: readonly string[], which: 'targets' | 'all'): boolean {
  const gap = (column: number, kind: FeatureColumn['kind']): boolean => {
    const cell = cells[column] ?? '';
    return kind === 'category'
      ? isMissing(cell)
      : Number.isNaN(numberOf(cell, kind, reading.dialect.decimal));
  };
  return (
    reading.labels.some(({ column }) => gap(column, 'category')) ||
    reading.values.some(({ column, kind }) => gap(column, kind)) ||
    (which === 'all' && reading.features.some(({ column, kind }) => gap(column, kind)))
  );
}

const ownColumn = (column: number): number => column;

const places = (classes: readonly string[]): ReadonlyMap<string, number> =>
  new Map(classes.map((value, index) => [value, index]));
