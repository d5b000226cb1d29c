import { z } from 'zod';
import { failureDataSchema } from './run.ts';

/** Engines that come as a pack: a folder with a native library, our addon for it, licences and a manifest. */
export const packIdSchema = z.enum(['tensorflow-cuda', 'tensorflow-cpu']);
export type PackId = z.infer<typeof packIdSchema>;

/** `manifest.json` of a pack, beside its folders `lib`, `addon` and `licences`. */
export const packManifestSchema = z.looseObject({
  id: packIdSchema,
  libraryVersion: z.string().regex(/^[\w.+-]{1,40}$/),
  platform: z.string(),
  arch: z.string(),
  /** Path in the pack → SHA-256, lower-case hex. */
  files: z.record(z.string().min(1).max(400), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type PackManifest = z.infer<typeof packManifestSchema>;

/** Where ready-made packs are downloaded, each pinned by size and hash. */
export const packReleasesSchema = z.object({
  packs: z.array(
    z.object({
      id: packIdSchema,
      libraryVersion: z.string(),
      platform: z.string(),
      arch: z.string(),
      url: z.url({ protocol: /^https?$/ }),
      /** Of the archive. */
      bytes: z.int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      unpackedBytes: z.int().positive(),
    }),
  ),
});
export type PackReleases = z.infer<typeof packReleasesSchema>;
export type PackRelease = PackReleases['packs'][number];

export const installedPackSchema = z.object({
  id: packIdSchema,
  version: z.string(),
  path: z.string(),
  bytes: z.number(),
  /** False for what came with the program, which is not removed one by one. */
  removable: z.boolean(),
  /** Another folder holds the same pack and is looked at first. */
  shadowed: z.boolean(),
});
export type InstalledPack = z.infer<typeof installedPackSchema>;

/** What a task is at; `done` and `total` in bytes, null where nobody knows. */
export const packTaskSchema = z.object({
  kind: z.enum(['install', 'import', 'verify']),
  id: packIdSchema.nullable(),
  phase: z.enum(['prepare', 'download', 'check', 'unpack', 'build', 'try']),
  done: z.number().nullable(),
  total: z.number().nullable(),
});
export type PackTask = z.infer<typeof packTaskSchema>;

/** How the last task ended; without `failure` well. */
export const packOutcomeSchema = z.object({
  kind: packTaskSchema.shape.kind,
  id: packIdSchema.nullable(),
  failure: z.object({ code: z.string(), message: z.string(), data: failureDataSchema.optional() }).optional(),
});
export type PackOutcome = z.infer<typeof packOutcomeSchema>;

export const runtimesStatusSchema = z.object({
  packs: z.array(installedPackSchema),
  /** What can be had on this machine and is not installed; `bytes` of the download, null where it is built here. */
  available: z.array(
    z.object({
      id: packIdSchema,
      version: z.string(),
      how: z.enum(['download', 'build']),
      bytes: z.number().nullable(),
    }),
  ),
  task: packTaskSchema.nullable(),
  outcome: packOutcomeSchema.nullable(),
  /** Bytes on disk. */
  space: z.object({
    packs: z.number(),
    /** Packs that were replaced, of other versions, what broken-off downloads left, pictures long unused: `clean` frees it. */
    unused: z.number(),
    runs: z.number(),
    /** What can be found out again: prepared pictures, ways of running. */
    caches: z.number(),
    free: z.number(),
  }),
});
export type RuntimesStatus = z.infer<typeof runtimesStatusSchema>;
