import { z } from 'zod';
import { graphDocumentSchema } from '../graph/document.ts';
import { datasetFactsSchema, lookedSourceSchema } from './data.ts';
import { explanationSchema } from './explanation.ts';
import {
  classValuesSchema,
  engineFailureSchema,
  evaluationSchema,
  runEventSchema,
  runtimeIdSchema,
  runtimeInfoSchema,
  sampleSchema,
  tensorValueSchema,
} from './run.ts';

/**
 * What the host asks of an engine process, and what the engine reports by itself.
 * Messages travel over the child-process channel with structured clone ('advanced'
 * serialisation), so typed arrays pass without text encoding.
 */
export interface MethodSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

export const exportFormatSchema = z.enum(['savedmodel', 'safetensors']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;
export const splitSchema = z.enum(['train', 'validation', 'test']);
export type Split = z.infer<typeof splitSchema>;
const none = z.object({});

/** How a language model goes on with a text. */
export const textRequest = {
  text: z.string().max(100_000),
  count: z.int().min(1).max(1000),
  /** Below 1 the likeliest gain, above 1 the others do; at 0 the likeliest is always taken. */
  temperature: z.number().min(0).max(10),
  /** Only so many of the likeliest are drawn from; 0 draws from all. */
  topK: z.int().min(0).max(1_000_000),
  seed: z.int().min(0),
};

/** Images that come out of noise step by step: what the next step needs. */
const imageState = z.object({ noisy: tensorValueSchema, step: z.int().min(1) });

/** What images a network shall make. */
export const imageRequest = {
  count: z.int().min(1).max(400),
  seed: z.int().min(0),
  /** Class of all of them; each class in turn where null. */
  wantedClass: z.int().min(0).nullable(),
  /** Of diffusion: noise is taken away in so many steps, one at a call. */
  steps: z.int().min(1).max(1000),
  /** What an earlier call has left to be done. */
  state: imageState.nullable(),
};

export const engineMethods = {
  'engine.info': { input: none, output: runtimeInfoSchema },
  /** What each stage of the compiler makes of a graph. */
  'graph.explain': {
    input: z.object({
      document: graphDocumentSchema,
      facts: z.record(z.string(), datasetFactsSchema).optional(),
    }),
    output: explanationSchema,
  },
  'run.start': {
    input: z.object({
      runId: z.string(),
      /** Folder of the run, made by the host; the engine writes everything of the run into it. */
      runDir: z.string(),
      document: graphDocumentSchema,
      maxSteps: z.int().positive().optional(),
      /** Go on from the newest valid checkpoint in `runDir`. */
      resume: z.boolean(),
      /** Folder of a run or safetensors file whose weights a new run begins with. */
      startFrom: z.string().optional(),
    }),
    output: none,
  },
  'run.pause': { input: z.object({ runId: z.string() }), output: none },
  'run.resume': { input: z.object({ runId: z.string() }), output: none },
  /** One training step, then paused again. */
  'run.step': { input: z.object({ runId: z.string() }), output: none },
  /** Ends the run after the step in hand, with a checkpoint. */
  'run.stop': { input: z.object({ runId: z.string() }), output: none },
  'run.setLearningRate': {
    input: z.object({ runId: z.string(), optimizerPath: z.string(), value: z.number().positive() }),
    output: none,
  },
  /** Of a live run (its present weights) or a finished one (its newest or best checkpoint). */
  'run.evaluate': {
    input: z.object({
      runId: z.string(),
      runDir: z.string(),
      split: splitSchema,
      maxSamples: z.int().min(0).max(2000),
    }),
    output: evaluationSchema,
  },
  'run.samples': {
    /** Samples of one cell of the confusion matrix. */
    input: z.object({
      runId: z.string(),
      runDir: z.string(),
      split: splitSchema,
      trueClass: z.int(),
      predictedClass: z.int(),
      maxSamples: z.int().min(1).max(500),
    }),
    output: z.object({ samples: z.array(sampleSchema) }),
  },
  'run.predict': {
    /** `inputs` by data port (e.g. `image`), batch first. */
    input: z.object({
      runId: z.string(),
      runDir: z.string(),
      inputs: z.record(z.string(), tensorValueSchema),
    }),
    output: z.object({
      outputs: z.record(z.string(), tensorValueSchema),
      labels: z.array(z.string()).nullable(),
      classValues: classValuesSchema,
    }),
  },
  'run.sampleText': {
    /** Some characters more of a text; asked again and again the text grows. */
    input: z.object({ runId: z.string(), runDir: z.string(), ...textRequest }),
    output: z.object({ text: z.string() }),
  },
  'run.sampleImages': {
    input: z.object({ runId: z.string(), runDir: z.string(), ...imageRequest }),
    output: z.object({
      images: tensorValueSchema,
      classes: z.array(z.string()).nullable(),
      state: imageState.nullable(),
    }),
  },
  'run.export': {
    input: z.object({ runId: z.string(), runDir: z.string(), format: exportFormatSchema, path: z.string() }),
    output: z.object({ path: z.string(), files: z.array(z.string()), bytes: z.number() }),
  },
  'data.preview': {
    input: z.object({
      loader: z.string(),
      params: z.record(z.string(), z.unknown()),
      count: z.int().min(1).max(200),
      /** Of people's own data: what the host found, for the engine reads no path that a graph names. */
      looked: lookedSourceSchema.optional(),
    }),
    output: z.object({
      samples: z.array(z.object({ index: z.int(), input: tensorValueSchema, label: z.string().nullable() })),
    }),
  },
} as const satisfies Record<string, MethodSpec>;
export type EngineMethods = typeof engineMethods;
export type EngineMethod = keyof EngineMethods;

/** host → engine */
export const engineRequestSchema = z.object({ id: z.int(), method: z.string(), input: z.unknown() });

/** engine → host */
export const engineMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), info: runtimeInfoSchema }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('result'), id: z.int(), output: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.int(), error: engineFailureSchema }),
  z.object({ type: z.literal('run'), event: runEventSchema }),
]);

/** What the supervisor knows of the engine process. */
export const engineStatusSchema = z.object({
  state: z.enum(['starting', 'ready', 'restarting', 'stopped', 'failed']),
  runtime: runtimeInfoSchema.nullable(),
  /** Rung asked for in the settings; null picks the best that works. */
  requested: runtimeIdSchema.nullable(),
  memoryBytes: z.number().nullable(),
  totalMemoryBytes: z.number(),
  /** The last unexpected end, as a sentence. */
  lastExit: engineFailureSchema
    .pick({ code: true, data: true, message: true })
    .extend({ reason: z.string(), at: z.string() })
    .nullable(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;
