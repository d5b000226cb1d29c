import '@tensorflow/tfjs-backend-cpu';
import type { RuntimeInfo, RuntimeNote } from '#shared/protocol/run.ts';
import { createCoreOps } from '../../ops/coreOps.ts';
import type { Runtime } from '../../runtime.ts';
import { EagerSession } from './eagerSession.ts';

/** The last rung of the ladder: TensorFlow.js in plain JavaScript. It runs everywhere, slowly. */
export function createCpuRuntime(notes: readonly RuntimeNote[] = []): Runtime {
  const info: RuntimeInfo = {
    id: 'cpu',
    label: 'TensorFlow.js 4.22',
    device: 'CPU · JavaScript',
    notes: [...notes],
  };
  const ops = createCoreOps();
  return {
    info,
    createSession: async (plan, options) => new EagerSession({ backend: 'cpu', ops, info, plan, options }),
  };
}
