import { z } from 'zod';
import type { DatasetFacts } from '../nodes/defineNode.ts';
import { failureDataSchema } from './run.ts';

const dim = z.union([z.int().nonnegative(), z.string().max(64)]);
const words = z.array(z.string());

const meaningSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), range: z.tuple([z.number(), z.number()]) }),
  z.object({ kind: z.literal('class'), labels: words }),
  z.object({
    kind: z.literal('features'),
    names: words.exactOptional(),
    units: z.object({ shift: z.array(z.number()), scale: z.array(z.number()) }).exactOptional(),
  }),
]);

const tensorTypeSchema = z.object({
  type: z.literal('tensor'),
  dtype: z.enum(['float32', 'int32']),
  shape: z.array(dim).max(8),
  meaning: meaningSchema.exactOptional(),
});

const sourceProblemSchema = z.object({
  code: z.string(),
  param: z.string().exactOptional(),
  severity: z.enum(['error', 'warning']).exactOptional(),
  data: failureDataSchema,
});
/** What is wrong with a source: a Problem but for its place. */
export type SourceProblem = z.infer<typeof sourceProblemSchema>;

const count = z.int().nonnegative();

/** What looking at a source found: types, classes, sizes; shape inference builds on it. */
export const datasetFactsSchema: z.ZodType<DatasetFacts> = z.object({
  outputs: z.record(z.string(), tensorTypeSchema),
  splits: z.object({ train: count, validation: count, test: count }),
  sameInEveryBatch: z.boolean().exactOptional(),
  problems: z.array(sourceProblemSchema).exactOptional(),
});

export const columnTypeSchema = z.enum(['number', 'category', 'date', 'text']);
export type ColumnType = z.infer<typeof columnTypeSchema>;

/** A column of a table as it was found. */
export const columnReportSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  /** Why it goes in, or not. */
  role: z.enum(['feature', 'target', 'split', 'ignored']),
  missing: count,
  /** Different values; null where there are too many to count. */
  distinct: count.nullable(),
  /** Of a category, most frequent first. */
  classes: z.array(z.object({ name: z.string(), count })).optional(),
  /** Of numbers, in the training part. */
  mean: z.number().optional(),
  deviation: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type ColumnReport = z.infer<typeof columnReportSchema>;

export const tableReportSchema = z.object({
  kind: z.literal('table'),
  rows: count,
  dropped: count,
  delimiter: z.string(),
  header: z.boolean(),
  encoding: z.string(),
  columns: z.array(columnReportSchema),
  /** The first rows, as they stand in the file. */
  head: z.array(words),
});
export type TableReport = z.infer<typeof tableReportSchema>;

/** Why a file that is called like a picture is left out. */
export const pictureFaultSchema = z.enum([
  /** Nothing in it. */
  'empty',
  /** Its bytes are neither JPEG nor PNG, whatever it is called. */
  'no-picture',
  /** It ends too early. */
  'cut-off',
  /** A kind of JPEG or PNG that is not read: colours of ink (CMYK), lossless, arithmetic coding, twelve bits. */
  'unsupported',
  /** More pixels than are read. */
  'too-large',
  /** The file system does not give it. */
  'not-permitted',
  /** Its header is right, what follows is not. */
  'damaged',
]);
export type PictureFault = z.infer<typeof pictureFaultSchema>;

export const imagesReportSchema = z.object({
  kind: z.literal('images'),
  /** Pictures that are samples. */
  count,
  /** None where the pictures lie in the folder itself. */
  classes: z.array(z.object({ name: z.string(), count })),
  /** Whether folders called train, validation and test say the split. */
  splitFolders: z.boolean(),
  /** Sizes that occur, most frequent first. */
  sizes: z.array(z.object({ width: count, height: count, count })),
  /** Files that are no picture although they are called so, and why: the first of them. */
  broken: z.array(z.object({ path: z.string(), reason: pictureFaultSchema })),
  brokenCount: count,
  /** Files of other kinds. */
  others: count,
  /** Links, which are not followed. */
  links: count,
  /** Pictures beside the folders of classes. */
  outside: count,
});
export type ImagesReport = z.infer<typeof imagesReportSchema>;

/** Which file or folder was looked at, and how to tell that it has changed since. */
export const sourceFileSchema = z.object({
  /** Absolute, without links. */
  path: z.string(),
  bytes: count,
  modifiedAt: z.string(),
  /** SHA-256 of a file's bytes, or of the names, sizes and times in a folder. */
  hash: z.string(),
});
export type SourceFile = z.infer<typeof sourceFileSchema>;

/** A source that was looked at. */
export const lookedSourceSchema = z.object({
  facts: datasetFactsSchema,
  /** Null where it could not be read. */
  file: sourceFileSchema.nullable(),
  /** How its loader reads it the same way again: columns, classes, means. */
  reading: z.unknown(),
  report: z.discriminatedUnion('kind', [tableReportSchema, imagesReportSchema]).nullable(),
});
export type LookedSource = z.infer<typeof lookedSourceSchema>;

/** By instance path of the data node. */
export const lookedSourcesSchema = z.record(z.string(), lookedSourceSchema);
export type LookedSources = z.infer<typeof lookedSourcesSchema>;

export const factsOf = (looked: LookedSources): Readonly<Record<string, DatasetFacts>> =>
  Object.fromEntries(Object.entries(looked).map(([path, { facts }]) => [path, facts]));
