import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createJsonStore } from '#main/services/jsonStore.ts';
import type { Plan } from '#shared/compile/plan.ts';
import { type ExecutionOptions, executionOptionsSchema, type RuntimeInfo } from '#shared/protocol/run.ts';

/** Networks that are remembered; the longest unused is forgotten first. */
const LARGEST_MEMORY = 200;

const memorySchema = z.looseObject({
  networks: z
    .record(z.string(), z.looseObject({ options: executionOptionsSchema, usedAt: z.string() }))
    .default({}),
});

/** Which way of running programs was fastest, by network and machine, in a file. */
export interface ExecutionMemory {
  recall(key: string): Promise<ExecutionOptions | null>;
  /** What cannot be written is measured again the next time. */
  remember(key: string, options: ExecutionOptions): Promise<void>;
}

export function createExecutionMemory(cacheDir: string, now = () => new Date()): ExecutionMemory {
  const store = createJsonStore(join(cacheDir, 'executions.json'), memorySchema);
  const remember = async (key: string, options: ExecutionOptions): Promise<void> => {
    const entry = { options, usedAt: now().toISOString() };
    const kept = ({ networks, ...rest }: z.output<typeof memorySchema>) => {
      const sorted = Object.entries({ ...networks, [key]: entry }).sort(([, a], [, b]) =>
        a.usedAt < b.usedAt ? 1 : -1,
      );
      return { ...rest, networks: Object.fromEntries(sorted.slice(0, LARGEST_MEMORY)) };
    };
    await store.update(kept).catch(() => undefined);
  };
  return {
    async recall(key) {
      const found = await store.read().catch(() => null);
      const options = found?.networks[key]?.options ?? null;
      if (options) await remember(key, options);
      return options;
    },
    remember,
  };
}

/** Equal for networks of the same operations and sizes on the same machine and library. */
export function executionKey(plan: Plan, info: RuntimeInfo): string {
  const { nodes, optimizers, losses, metrics, training } = plan;
  const network = { nodes, optimizers, losses, metrics, batchSize: training.batchSize };
  const machine = [info.id, info.label, info.device, info.threads, cpus()[0]?.model, cpus().length];
  return createHash('sha256')
    .update(JSON.stringify([network, machine]))
    .digest('hex')
    .slice(0, 32);
}
