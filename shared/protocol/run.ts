import { z } from 'zod';
import { sampleKinds } from '../types/sampleKind.ts';
import { problemSchema } from './problem.ts';

/** Which engine computes: the rungs of the ladder, best first. */
export const runtimeIdSchema = z.enum(['tensorflow-cuda', 'tensorflow-cpu', 'webgpu', 'cpu']);
export type RuntimeId = z.infer<typeof runtimeIdSchema>;

export const failureDataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
/** What the text of a failure is fed with. */
export type FailureData = Readonly<z.infer<typeof failureDataSchema>>;

const runtimeNoteSchema = z.object({
  /** Key of `runtimeNotes` in shared/i18n; absent in records of older runs. */
  code: z.string().optional(),
  data: failureDataSchema.optional(),
  /** The same in English, for logs, the command line and records. */
  message: z.string(),
});
/** Why an engine is not in use. */
export type RuntimeNote = z.infer<typeof runtimeNoteSchema>;

export const runtimeInfoSchema = z.object({
  id: runtimeIdSchema,
  /** e.g. `TensorFlow 2.21.0`. */
  label: z.string(),
  /** What computes, by its own name where it has one: `CPU`, `NVIDIA GeForce RTX 3060 · 12 GB`. */
  device: z.string(),
  /** Threads that compute on a processor. */
  threads: z.int().min(1).optional(),
  /** Cards of this sort in the machine, of which one computes. */
  cards: z.int().min(1).optional(),
  /** Why a better rung of the ladder is not in use; empty on the best. Older runs kept the sentences alone. */
  notes: z.array(z.union([z.string().transform((message) => ({ message })), runtimeNoteSchema])),
});
export type RuntimeInfo = z.infer<typeof runtimeInfoSchema>;

/** Why a run or an engine ended early. `message` is for people: what happened, then what to do. */
export const engineFailureSchema = z.object({
  reason: z.enum([
    'invalid-graph',
    'out-of-memory',
    'not-finite',
    'crashed',
    'hung',
    'runtime-error',
    'data-unavailable',
    'storage',
    'cancelled',
  ]),
  /** Key of `failures` in shared/i18n; records of older runs have none. */
  code: z.string().optional(),
  data: failureDataSchema.optional(),
  /** The same in English, for logs, the command line and records. */
  message: z.string(),
  nodeId: z.string().optional(),
  problems: z.array(problemSchema).optional(),
  /** Step of the newest checkpoint that a resume would start from. */
  resumableFromStep: z.number().optional(),
});
export type EngineFailure = z.infer<typeof engineFailureSchema>;

export const runStateSchema = z.enum([
  'preparing',
  'compiling',
  'training',
  'validating',
  'testing',
  'paused',
  'finished',
  'stopped',
  'failed',
]);
export type RunState = z.infer<typeof runStateSchema>;
export const isRunActive = (state: RunState): boolean =>
  state !== 'finished' && state !== 'stopped' && state !== 'failed';

/** Loss and metrics by key: `loss`, then each metric node's `metricKey`. */
export const metricsSchema = z.record(z.string(), z.number());
export type Metrics = z.infer<typeof metricsSchema>;

export const progressSchema = z.object({
  epoch: z.int(),
  epochs: z.int(),
  /** Steps done in the whole run. */
  step: z.int(),
  stepsPerEpoch: z.int(),
  totalSteps: z.int(),
  msPerStep: z.number(),
  etaSeconds: z.number().nullable(),
  /** By optimiser path. */
  learningRates: z.record(z.string(), z.number()),
});
export type Progress = z.infer<typeof progressSchema>;

/** One row of metrics.jsonl and one point of a curve. */
export const metricPointSchema = z.object({
  split: z.enum(['train', 'validation', 'test']),
  step: z.int(),
  epoch: z.number(),
  /** Seconds of training since the run began, pauses excluded. */
  time: z.number(),
  /** True for figures over a whole epoch or split, false for the mean of the steps since the last point. */
  whole: z.boolean(),
  metrics: metricsSchema,
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('state'),
    runId: z.string(),
    state: runStateSchema,
    failure: engineFailureSchema.optional(),
    /** Of `preparing`, where that takes a while: samples that are ready. */
    prepared: z.object({ done: z.int(), total: z.int() }).optional(),
  }),
  z.object({
    type: z.literal('progress'),
    runId: z.string(),
    progress: progressSchema,
    points: z.array(metricPointSchema),
  }),
  z.object({ type: z.literal('checkpoint'), runId: z.string(), step: z.int(), best: z.boolean() }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;

/** How the native runtime runs a network's programs. Results of two choices differ by rounding at most. */
export const executionOptionsSchema = z.object({
  /** Clusters of operations compiled by XLA. */
  xla: z.boolean(),
  /** TensorFlow's own graph optimiser. */
  grappler: z.boolean(),
  /** Operations one after the other in the thread of the call; else in a pool, several at a time. */
  callerThread: z.boolean(),
});
export type ExecutionOptions = z.infer<typeof executionOptionsSchema>;

export const executionSchema = z.object({
  options: executionOptionsSchema,
  /** The runtime's own choice, what was fastest in trial steps, or the same from an earlier run. */
  chosen: z.enum(['default', 'measured', 'remembered']),
  /** Trial steps: time relative to the runtime's own choice, which comes first with its milliseconds. */
  tried: z
    .array(z.object({ options: executionOptionsSchema, msPerStep: z.number(), ratio: z.number() }))
    .optional(),
});
export type Execution = z.infer<typeof executionSchema>;

/** Of a run that began with the weights of another: which ones. */
export const startedFromSchema = z.object({
  /** Folder of the other run, or a safetensors file. */
  path: z.string(),
  taken: z.int().positive(),
  /** Weights that the source has not, or of another shape: they began anew. */
  fresh: z.array(z.string()),
  /** Weights of the source that have no place here. */
  left: z.array(z.string()),
});
export type StartedFrom = z.infer<typeof startedFromSchema>;

/** run.json: everything needed to know what a run was and to reopen it. */
export const runRecordSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  state: runStateSchema,
  seed: z.int(),
  runtime: runtimeInfoSchema.nullable(),
  versions: z.record(z.string(), z.string()),
  machine: z.object({
    platform: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: z.int(),
    memoryBytes: z.number(),
  }),
  progress: progressSchema.nullable(),
  /** Newest whole-split figures. */
  latest: z.object({
    train: metricsSchema.optional(),
    validation: metricsSchema.optional(),
    test: metricsSchema.optional(),
  }),
  bestStep: z.int().nullable(),
  /** Absent on runtimes that have one way only. */
  execution: executionSchema.optional(),
  startedFrom: startedFromSchema.optional(),
  failure: engineFailureSchema.optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

const float32Schema = z.instanceof(Float32Array);
export const tensorValueSchema = z.object({ shape: z.array(z.int().nonnegative()), data: float32Schema });
export type TensorValue = z.infer<typeof tensorValueSchema>;

/** One test sample with the network's answer. */
/** What a detector found, or what is there: place and size in pictures (0 to 1), from the upper left. */
const detectionSchema = z.object({
  label: z.int(),
  /** How sure it is; 1 of what is there. */
  score: z.number(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Detection = z.infer<typeof detectionSchema>;

export const sampleSchema = z.object({
  /** Index in the split. */
  index: z.int(),
  input: tensorValueSchema,
  /** A second picture, where a network is given two. */
  other: tensorValueSchema.optional(),
  /** Class index, or the target value(s); of an answer for many places, the class of each. */
  target: z.array(z.number()),
  /**
   * A number for each class (see `classValues`), or the predicted value(s); of an answer for many places,
   * the likeliest class of each.
   */
  prediction: z.array(z.number()),
  /** Of an answer for many places: whether all are right. */
  correct: z.boolean().nullable(),
  /** Of a detector: what is there and what it found. */
  boxes: z.object({ there: z.array(detectionSchema), found: z.array(detectionSchema) }).optional(),
});
export type Sample = z.infer<typeof sampleSchema>;

/**
 * What the numbers of an answer with classes are: probabilities, or what the network gave, of which only
 * the order means something.
 */
export const classValuesSchema = z.enum(['probabilities', 'scores']).default('probabilities');
export type ClassValues = z.infer<typeof classValuesSchema>;

export const evaluationSchema = z.object({
  runId: z.string(),
  split: z.enum(['train', 'validation', 'test']),
  count: z.int(),
  metrics: metricsSchema,
  labels: z.array(z.string()).nullable(),
  classValues: classValuesSchema,
  /** What its samples are. */
  sampleKind: z.enum(sampleKinds).default('sample'),
  /** What predicted numbers are called; null where they have no names. */
  targetNames: z.array(z.string()).nullable().default(null),
  /** `confusion[true][predicted]`; null where the answer is not a class. */
  confusion: z.array(z.array(z.int())).nullable(),
  /** Wrong ones first, most certain first. */
  samples: z.array(sampleSchema),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
