import { fileURLToPath } from 'node:url';

/** Where set-up puts the native runtime of this checkout. */
export const packPath = fileURLToPath(new URL('../../.runtimes/tensorflow-cpu-2.21.0', import.meta.url));
