import { join } from 'node:path';
import type { PackId } from '#shared/protocol/runtimes.ts';

/** Version of TensorFlow that the addon is compiled for. */
export const TENSORFLOW_VERSION = '2.21.0';

/** Name of a pack's folder. */
export const packName = (id: PackId): string => `${id}-${TENSORFLOW_VERSION}`;

/** The part that the engine loads; a folder without it is no pack. */
export const packAddon = (packPath: string): string => join(packPath, 'addon', 'neuroloom.node');
