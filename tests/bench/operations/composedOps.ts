import { createCoreOps } from '#main/engine/ops/coreOps.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import { recurrentOps } from '#main/engine/ops/recurrent.ts';
import type { Ops } from '#shared/nodes/ops.ts';

/** The native operations without those that have a hand-written gradient. */
export function composedOps(): Ops {
  const core = createCoreOps();
  const native = createNativeOps({ addonKernels: true });
  const { layerNorm, rmsNorm, gelu, silu } = core;
  return { ...native, layerNorm, rmsNorm, gelu, silu, ...recurrentOps(native) };
}
