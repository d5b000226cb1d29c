import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js';
import type { NeuroloomAddon } from '../addon/neuroloomAddon.ts';
import { registerNativeKernels } from '../ops/nativeKernels.ts';
import { type SymbolicBackend, symbolicBackend } from './symbolicBackend.ts';

/** Name under which tfjs-node's kernels are registered. */
export const NATIVE_EAGER_BACKEND = 'tensorflow';

let symbolic: SymbolicBackend | undefined;

/**
 * Registers TensorFlow.js' own Node backend (which runs each operation by itself) on our addon, and
 * the symbolic backend beside it. tfjs-node's index is not loaded: it would look for its own binary.
 */
export async function registerTfjsNode(addon: NeuroloomAddon): Promise<SymbolicBackend> {
  if (symbolic) return symbolic;
  mendNodeUtil();
  await import('@tensorflow/tfjs-node/dist/register_all_kernels.js');
  const eager = new NodeJSKernelBackend(addon, '@tensorflow/tfjs-node');
  tf.registerBackend(NATIVE_EAGER_BACKEND, () => eager, 0);
  registerNativeKernels(NATIVE_EAGER_BACKEND);
  symbolic = symbolicBackend(addon);
  return symbolic;
}

/** tfjs-node calls two functions that Node 23 took out of `util`. */
function mendNodeUtil(): void {
  const target = util as unknown as Record<string, unknown>;
  target.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  target.isArray ??= Array.isArray;
}
