import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ColumnReport, LookedSource, SourceProblem } from '#shared/protocol/data.ts';
import type { TensorType } from '#shared/types/portType.ts';
import { ColumnProfile } from './columnProfile.ts';
import { type ColumnRole, findRoles } from './columnRoles.ts';
import { type Dialect, findDialect } from './dialect.ts';
import { countSplits, fitRow, keptRows, type RowSource, rowsIn, splitsOf } from './keptRows.ts';
import type { LookOptions } from './lookOptions.ts';
import { firstRecord, type TableRecord } from './records.ts';
import { SourceError } from './sourceError.ts';
import { featureNames, featuresWidth, numberOf, type TableReading } from './tableReading.ts';

const LARGEST_FILE = 4 * 2 ** 30;
/** Features of all rows, as float32. */
const LARGEST_TABLE = 2 * 2 ** 30;
/** Rows of a file up to this size are held while it is looked at, and not read again. */
const HELD_BYTES = 48 * 2 ** 20;
const HEAD_ROWS = 50;

const names = z.array(z.string());
const wishesSchema = z.looseObject({
  target: names,
  ignore: names,
  numbers: names,
  categories: names,
  missing: z.enum(['refuse', 'mean', 'drop']),
  normalize: z.enum(['standard', 'range', 'none']),
  scaleTargets: z.boolean(),
  split: z.enum(['shuffle', 'order', 'column']),
  splitColumn: z.string(),
  validation: z.number(),
  test: z.number(),
  seed: z.int(),
  delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab', 'pipe', 'space']),
  quote: z.enum(['auto', 'double', 'single', 'none']),
  header: z.enum(['auto', 'yes', 'no']),
});
type Wishes = z.infer<typeof wishesSchema>;

/**
 * Looks at a table: how it is written, what its columns are, how it is split, and the means and
 * deviations of its training part.
 * @throws SourceError where it cannot be used as it is.
 */
export async function lookAtTable(
  path: string,
  params: Readonly<Record<string, unknown>>,
  options: LookOptions = {},
): Promise<LookedSource> {
  const wishes = wishesSchema.parse(params);
  const file = await stat(path);
  if (file.size > LARGEST_FILE) {
    throw new SourceError('data-file-too-large', { bytes: file.size, limit: LARGEST_FILE });
  }
  const dialect = await findDialect(path, wishes);
  const first = await firstRecord(path, dialect);
  const columns = columnNames(first, dialect.header);
  const { profiles, rows, dropped, hash, source, head } = await profileRows(
    path,
    file.size,
    dialect,
    columns,
    options,
  );
  if (rows === 0) throw new SourceError('csv-empty');
  if (rows === 1) throw new SourceError('csv-one-row');

  const { roles, warnings } = findRoles(profiles, wishes);
  requirePresent(roles, wishes);
  const draft = draftReading(roles, { wishes, dialect, columns, rows });
  const splits = await splitsOf(draft, source);
  const { reading, moments } = await measure(draft, { splits, wishes, source });
  const counts = countSplits(splits);
  if (counts.train === 0) throw new SourceError('csv-nothing-left', {}, 'missing');
  const width = featuresWidth(reading);
  if (width * splits.length * 4 > LARGEST_TABLE) {
    const data = { rows: splits.length, features: width, limit: LARGEST_TABLE };
    throw new SourceError('csv-too-large', data);
  }
  const left = rows + dropped - splits.length;
  const problems: SourceProblem[] = [...warnings];
  if (left > 0) {
    problems.push({
      code: 'csv-rows-left-out',
      param: 'missing',
      severity: 'warning',
      data: { count: left },
    });
  }
  return {
    facts: {
      outputs: outputsOf(reading),
      splits: counts,
      ...(problems.length > 0 && { problems }),
    },
    file: { path, bytes: file.size, modifiedAt: file.mtime.toISOString(), hash },
    reading,
    report: {
      kind: 'table',
      rows,
      dropped: left,
      delimiter: dialect.delimiter,
      header: dialect.header,
      encoding: dialect.encoding,
      columns: roles.map((role) => columnReport(role, moments.get(role.profile.name))),
      head,
    },
  };
}

/** Names of the header, each once; `column 3` where there is none. */
function columnNames(first: readonly string[], header: boolean): readonly string[] {
  const seen = new Map<string, number>();
  return first.map((cell, index) => {
    const name = (header && cell.trim()) || `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

interface Profiled {
  readonly profiles: readonly ColumnProfile[];
  readonly rows: number;
  /** Rows of another width. */
  readonly dropped: number;
  readonly hash: string;
  readonly source: RowSource;
  readonly head: string[][];
}

async function profileRows(
  path: string,
  bytes: number,
  dialect: Dialect,
  columns: readonly string[],
  { signal, onProgress }: LookOptions,
): Promise<Profiled> {
  const profiles = columns.map((name) => new ColumnProfile(name, dialect.decimal, columns.length));
  const hash = createHash('sha256');
  const held: TableRecord[] | null = bytes <= HELD_BYTES ? [] : null;
  const head: string[][] = [];
  let done = 0;
  let rows = 0;
  let dropped = 0;
  const onBytes = (piece: Uint8Array): void => {
    hash.update(piece);
    done += piece.length;
    onProgress?.(done, bytes);
  };
  for await (const record of rowsIn(path, dialect, { signal, onBytes })()) {
    if (head.length < HEAD_ROWS) head.push([...record.cells]);
    held?.push(record);
    const cells = fitRow(record.cells, columns.length);
    if (cells)
      for (const [index, profile] of profiles.entries()) profile.add(cells[index] ?? '', record.line);
    else dropped += 1;
    rows += cells ? 1 : 0;
    if ((rows & 4095) === 0) await nextTurn();
  }
  const source: RowSource = held ? () => held : rowsIn(path, dialect, { signal });
  return { profiles, rows, dropped, hash: hash.digest('hex'), source, head };
}

/** Gaps in columns that are used, where a person has not said what becomes of them. */
function requirePresent(roles: readonly ColumnRole[], { missing }: Wishes): void {
  if (missing !== 'refuse') return;
  for (const { role, profile, type } of roles) {
    if (role !== 'feature' && role !== 'target') continue;
    // Of a column that is to be numbers, words are gaps.
    const words = type === 'number' ? profile.present - profile.numbers : 0;
    const count = profile.missing + words;
    if (count === 0) continue;
    const { line = 0, cell = '' } = profile.firstGap ?? profile.firstWord ?? {};
    const data = { column: profile.name, count, line, cell: cell || 'empty' };
    throw new SourceError('csv-missing-values', data, 'missing');
  }
}

/** The reading with no means in it yet. */
function draftReading(
  roles: readonly ColumnRole[],
  found: { wishes: Wishes; dialect: Dialect; columns: readonly string[]; rows: number },
): TableReading {
  const { wishes, dialect, columns, rows } = found;
  const features: TableReading['features'] = [];
  const labels: TableReading['labels'] = [];
  const values: TableReading['values'] = [];
  let splitColumn: number | null = null;
  for (const [column, { profile, type, role, isClass }] of roles.entries()) {
    const { name } = profile;
    const plain = { column, name, shift: 0, scale: 1, fill: 0 };
    const kind = type === 'date' ? 'date' : 'number';
    if (role === 'split') splitColumn = column;
    else if (role === 'feature') {
      features.push(
        type === 'category'
          ? { column, name, kind: 'category', classes: [...profile.classes], fill: -1 }
          : { ...plain, kind },
      );
    } else if (role === 'target' && isClass) {
      const port = labels.length === 0 ? 'label' : `label${labels.length + 1}`;
      labels.push({ port, column, name, classes: [...profile.classes] });
    } else if (role === 'target') values.push({ ...plain, kind });
  }
  const { missing, validation, test, seed, split } = wishes;
  return {
    dialect,
    names: [...columns],
    rows,
    missing,
    features,
    labels,
    values,
    split: { kind: split, column: splitColumn, validation, test, seed },
  };
}

/** Running mean and deviation (Welford 1962), and the ends of the range. */
class Moments {
  count = 0;
  mean = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #squares = 0;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    this.count += 1;
    const from = value - this.mean;
    this.mean += from / this.count;
    this.#squares += from * (value - this.mean);
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  get deviation(): number {
    return this.count === 0 ? 0 : Math.sqrt(this.#squares / this.count);
  }
}

/** Fills in what normalising needs, of the training rows alone. */
async function measure(
  draft: TableReading,
  { splits, wishes, source }: { splits: Uint8Array; wishes: Wishes; source: RowSource },
): Promise<{ reading: TableReading; moments: ReadonlyMap<string, Moments> }> {
  const numbers = [...draft.features, ...draft.values].map((feature) =>
    feature.kind === 'category' ? null : new Moments(),
  );
  const frequencies = draft.features.map(() => new Map<string, number>());
  let row = 0;
  for await (const cells of keptRows(draft, source)) {
    if (splits[row++] !== 0) continue;
    for (const [index, feature] of [...draft.features, ...draft.values].entries()) {
      const cell = cells[feature.column] ?? '';
      if (feature.kind !== 'category') {
        numbers[index]?.add(numberOf(cell, feature.kind, draft.dialect.decimal));
        continue;
      }
      const counts = frequencies[index];
      counts?.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
    }
  }
  const scaled = <T extends TableReading['values'][number]>(
    feature: T,
    moments: Moments,
    how: Wishes['normalize'],
  ) => {
    const fill = moments.count > 0 ? moments.mean : 0;
    if (how === 'none' || moments.count === 0) return { ...feature, fill };
    if (how === 'range')
      return { ...feature, fill, shift: moments.min, scale: moments.max - moments.min || 1 };
    return { ...feature, fill, shift: moments.mean, scale: moments.deviation || 1 };
  };
  const reading: TableReading = {
    ...draft,
    features: draft.features.map((feature, index) => {
      const moments = numbers[index];
      if (feature.kind !== 'category') return moments ? scaled(feature, moments, wishes.normalize) : feature;
      const counts = frequencies[index] ?? new Map<string, number>();
      const most = feature.classes.reduce((one, other) =>
        (counts.get(other) ?? 0) > (counts.get(one) ?? 0) ? other : one,
      );
      return { ...feature, fill: feature.classes.indexOf(most) };
    }),
    values: draft.values.map((target, index) => {
      const moments = numbers[draft.features.length + index];
      return moments ? scaled(target, moments, wishes.scaleTargets ? 'standard' : 'none') : target;
    }),
  };
  const named = [...draft.features, ...draft.values].flatMap(({ name }, index) => {
    const found = numbers[index];
    return found && found.count > 0 ? [[name, found] as const] : [];
  });
  return { reading, moments: new Map(named) };
}

function outputsOf(reading: TableReading): Record<string, TensorType> {
  const outputs: Record<string, TensorType> = {
    features: {
      type: 'tensor',
      dtype: 'float32',
      shape: ['B', featuresWidth(reading)],
      meaning: { kind: 'features', names: featureNames(reading) },
    },
  };
  for (const { port, classes } of reading.labels) {
    outputs[port] = {
      type: 'tensor',
      dtype: 'int32',
      shape: ['B'],
      meaning: { kind: 'class', labels: classes },
    };
  }
  if (reading.values.length > 0) {
    outputs.values = {
      type: 'tensor',
      dtype: 'float32',
      shape: ['B', reading.values.length],
      meaning: {
        kind: 'features',
        names: reading.values.map(({ name }) => name),
        ...(reading.values.some(({ shift, scale }) => shift !== 0 || scale !== 1) && {
          units: {
            shift: reading.values.map(({ shift }) => shift),
            scale: reading.values.map(({ scale }) => scale),
          },
        }),
      },
    };
  }
  return outputs;
}

const MOST_CLASSES_SHOWN = 50;

function columnReport({ profile, type, role }: ColumnRole, moments: Moments | undefined): ColumnReport {
  const classes = [...(profile.values ?? [])]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_CLASSES_SHOWN);
  return {
    name: profile.name,
    type,
    role,
    missing: profile.missing,
    distinct: profile.distinct,
    ...(type === 'category' && { classes }),
    ...(moments && {
      mean: moments.mean,
      deviation: moments.deviation,
      min: moments.min,
      max: moments.max,
    }),
  };
}
