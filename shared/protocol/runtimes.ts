import { z } from 'zod';

/** Engines that come as a pack: a folder with a native library, our addon for it, licences and a manifest. */
export const packIdSchema = z.enum(['tensorflow-cuda', 'tensorflow-cpu']);
export type PackId = z.infer<typeof packIdSchema>;
