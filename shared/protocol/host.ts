import { z } from 'zod';
import { graphDocumentSchema } from '../graph/document.ts';
import { blockBundleSchema, savedBlockSchema } from './blocks.ts';
import { datasetFactsSchema, lookedSourceSchema } from './data.ts';
import {
  engineMethods,
  engineStatusSchema,
  exportFormatSchema,
  imageRequest,
  type MethodSpec,
  splitSchema,
  textRequest,
} from './engine.ts';
import { jsonObjectSchema } from './json.ts';
import {
  metricPointSchema,
  runEventSchema,
  runRecordSchema,
  runtimeIdSchema,
  tensorValueSchema,
} from './run.ts';
import { packIdSchema, packOutcomeSchema, packTaskSchema, runtimesStatusSchema } from './runtimes.ts';

/**
 * What a window may ask of its host: the same table serves Electron's IPC and the
 * browser mode's WebSocket, and both parse every input and output with it.
 */
const none = z.object({});
const path = z.string().min(1).max(4096);

export const fileEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  size: z.number(),
  modifiedAt: z.string(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

export const recentFileSchema = z.object({
  path: z.string(),
  name: z.string(),
  openedAt: z.string(),
  exists: z.boolean(),
  /** The run last seen with this graph; it may have been deleted since. */
  runId: z.string().optional(),
});
export type RecentFile = z.infer<typeof recentFileSchema>;

/** A copy of unsaved work, kept outside the user's folders. */
export const recoverySchema = z.object({
  id: z.string(),
  /** The file it was edited from; null for a document never saved. */
  originalPath: z.string().nullable(),
  savedAt: z.string(),
  /** False when the original changed on disk after the copy was made. */
  newerThanOriginal: z.boolean(),
  document: graphDocumentSchema,
});
export type Recovery = z.infer<typeof recoverySchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  mode: z.enum(['desktop', 'browser']),
  platform: z.string(),
  /** True where the host shows its own open and save dialogs. */
  nativeDialogs: z.boolean(),
  /** The folder that browser mode can see; files outside are refused. */
  filesRoot: z.string(),
  dataDir: z.string(),
  engine: engineStatusSchema,
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** A failed call: code for the program, message for people (what it is, then what to do). */
export const hostErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type HostError = z.infer<typeof hostErrorSchema>;

export const hostMethods = {
  'app.info': { input: none, output: appInfoSchema },
  'app.openExternal': { input: z.object({ url: z.string() }), output: none },

  'files.list': {
    input: z.object({ path: path.optional() }),
    output: z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(fileEntrySchema) }),
  },
  'files.makeFolder': { input: z.object({ path }), output: none },
  /** Text rather than a parsed document: the window runs migrations and shows problems itself. */
  'files.read': {
    input: z.object({ path }),
    output: z.object({ path: z.string(), text: z.string(), modifiedAt: z.string() }),
  },
  'files.save': {
    input: z.object({
      path,
      text: z.string().max(64_000_000),
      /** Refuse if the file on disk is newer than this (code `changed-on-disk`). */
      expectedModifiedAt: z.string().optional(),
      overwrite: z.boolean(),
      /** The run that is shown with the graph. */
      runId: z.string().max(120).optional(),
    }),
    output: z.object({ path: z.string(), modifiedAt: z.string() }),
  },
  'files.recent': { input: none, output: z.object({ files: z.array(recentFileSchema) }) },
  /**
   * The text of a recent file for its picture, without it counting as opened; null where it is no recent
   * file, cannot be read, or is larger than a picture is worth.
   */
  'files.glance': { input: z.object({ path }), output: z.object({ text: z.string().nullable() }) },
  /** The file is open as a graph now: from here on it is among the recent ones. */
  'files.rememberRecent': { input: z.object({ path }), output: none },
  'files.forgetRecent': { input: z.object({ path }), output: none },
  /** Native dialogs; the answer is null when cancelled. Only where `nativeDialogs`. */
  'dialog.open': {
    input: z.object({ purpose: z.enum(['graph', 'pack', 'data', 'data-folder']).optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  'dialog.save': {
    input: z.object({ suggestedName: z.string() }),
    output: z.object({ path: z.string().nullable() }),
  },
  'dialog.export': {
    input: z.object({ suggestedName: z.string() }),
    output: z.object({ path: z.string().nullable() }),
  },

  'recovery.list': { input: none, output: z.object({ copies: z.array(recoverySchema) }) },
  'recovery.save': {
    input: z.object({
      id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
      originalPath: z.string().nullable(),
      document: graphDocumentSchema,
    }),
    output: none,
  },
  'recovery.discard': { input: z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }), output: none },

  /** Blocks that a person keeps for all graphs. */
  'blockLibrary.list': { input: none, output: z.object({ blocks: z.array(savedBlockSchema) }) },
  'blockLibrary.save': {
    input: z.object({ definitions: blockBundleSchema }),
    output: z.object({ id: z.string() }),
  },
  'blockLibrary.remove': { input: z.object({ id: z.string() }), output: none },

  'runtimes.status': { input: none, output: runtimesStatusSchema },
  /** Answers when the task has begun; how it goes and ends is told by events, for it may take many minutes. */
  'runtimes.install': { input: z.object({ id: packIdSchema }), output: none },
  'runtimes.import': { input: z.object({ path }), output: none },
  'runtimes.verify': { input: z.object({ id: packIdSchema }), output: none },
  'runtimes.cancel': { input: none, output: none },
  'runtimes.remove': { input: z.object({ id: packIdSchema }), output: z.object({ freedBytes: z.number() }) },
  'runtimes.clean': { input: none, output: z.object({ freedBytes: z.number() }) },

  'engine.restart': { input: z.object({ runtime: runtimeIdSchema.nullable().optional() }), output: none },

  'run.start': {
    input: z.object({
      document: graphDocumentSchema,
      /** The graph's file, where it has one: data lies relative to it. */
      graphPath: path.nullable().optional(),
      resumeRunId: z.string().optional(),
      startPaused: z.boolean().optional(),
    }),
    output: z.object({ runId: z.string() }),
  },
  'run.pause': engineMethods['run.pause'],
  'run.resume': engineMethods['run.resume'],
  'run.step': engineMethods['run.step'],
  'run.stop': engineMethods['run.stop'],
  'run.setLearningRate': engineMethods['run.setLearningRate'],
  'run.list': { input: none, output: z.object({ runs: z.array(runRecordSchema) }) },
  'run.get': {
    input: z.object({ runId: z.string() }),
    output: z.object({
      run: runRecordSchema,
      document: graphDocumentSchema,
      points: z.array(metricPointSchema),
      /** Of people’s own data, what was found when the run began. */
      facts: z.record(z.string(), datasetFactsSchema).default({}),
    }),
  },
  'run.delete': { input: z.object({ runId: z.string() }), output: none },
  'run.evaluate': {
    input: z.object({ runId: z.string(), split: splitSchema, maxSamples: z.int().min(0).max(2000) }),
    output: engineMethods['run.evaluate'].output,
  },
  'run.samples': {
    input: z.object({
      runId: z.string(),
      split: splitSchema,
      trueClass: z.int(),
      predictedClass: z.int(),
      maxSamples: z.int().min(1).max(500),
    }),
    output: engineMethods['run.samples'].output,
  },
  'run.predict': {
    input: z.object({ runId: z.string(), inputs: z.record(z.string(), tensorValueSchema) }),
    output: engineMethods['run.predict'].output,
  },
  'run.sampleText': {
    input: z.object({ runId: z.string(), ...textRequest }),
    output: engineMethods['run.sampleText'].output,
  },
  'run.sampleImages': {
    input: z.object({ runId: z.string(), ...imageRequest }),
    output: engineMethods['run.sampleImages'].output,
  },
  'run.export': {
    input: z.object({ runId: z.string(), format: exportFormatSchema, path }),
    output: engineMethods['run.export'].output,
  },
  'data.preview': {
    input: engineMethods['data.preview'].input
      .omit({ looked: true })
      .extend({ graphPath: path.nullable().optional() }),
    output: engineMethods['data.preview'].output,
  },
  /** What is at the path of a data node of people's own data. A new look with the same key ends the one before. */
  'data.look': {
    input: z.object({
      key: z.string().max(200),
      kind: z.string().max(64),
      params: jsonObjectSchema,
      graphPath: path.nullable(),
    }),
    output: lookedSourceSchema.omit({ reading: true }).nullable(),
  },
  'data.stopLooking': { input: z.object({ key: z.string().max(200) }), output: none },
  /** A person picked this file or folder: data nodes may read it from now on. */
  'data.allow': { input: z.object({ path }), output: none },
} as const satisfies Record<string, MethodSpec>;
export type HostMethods = typeof hostMethods;
export type HostMethod = keyof HostMethods;
export type HostInput<M extends HostMethod> = z.input<HostMethods[M]['input']>;
export type HostOutput<M extends HostMethod> = z.output<HostMethods[M]['output']>;

/** What a host reports by itself. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('engine'), status: engineStatusSchema }),
  z.object({ type: z.literal('run'), event: runEventSchema }),
  /** How far a look at a person's data has come. */
  z.object({ type: z.literal('data'), key: z.string(), done: z.number(), total: z.number() }),
  /** Something about the packs changed: the task in hand, how the last one ended, or which there are. */
  z.object({
    type: z.literal('runtimes'),
    task: packTaskSchema.nullable(),
    outcome: packOutcomeSchema.nullable(),
  }),
  /** The desktop menu or the operating system asks the window to do something. */
  z.object({
    type: z.literal('command'),
    command: z.enum([
      'new',
      'open',
      'save',
      'save-as',
      'undo',
      'redo',
      'export',
      'train',
      'stop',
      'open-path',
    ]),
    path: z.string().optional(),
  }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

/** How a window reaches its host, whichever way. A failed call rejects with a HostError. */
export interface HostConnection {
  call<M extends HostMethod>(method: M, input: HostInput<M>): Promise<HostOutput<M>>;
  subscribe(listener: (event: HostEvent) => void): () => void;
  /** Connection lost or back; always connected on the desktop. */
  onConnection(listener: (connected: boolean) => void): () => void;
}

/** WebSocket frames, msgpack: requests up, responses and events down. */
export const wireRequestSchema = z.object({ id: z.int(), method: z.string(), input: z.unknown() });
export const wireMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.int(), output: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.int(), error: hostErrorSchema }),
  z.object({ type: z.literal('event'), event: hostEventSchema }),
]);
export type WireRequest = z.infer<typeof wireRequestSchema>;
export type WireMessage = z.infer<typeof wireMessageSchema>;
