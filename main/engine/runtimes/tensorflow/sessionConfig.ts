import type { ExecutionOptions } from '#shared/protocol/run.ts';
import { MessageWriter } from '../../trace/protobuf.ts';

/** What is used where nothing was measured. */
export const defaultExecution: ExecutionOptions = { xla: false, grappler: true, callerThread: true };

/** What is worth a trial, the most promising first; compiling with XLA takes longest by far. */
export const executions: readonly ExecutionOptions[] = [
  defaultExecution,
  { xla: false, grappler: false, callerThread: true },
  { xla: false, grappler: true, callerThread: false },
  { xla: true, grappler: true, callerThread: true },
];

/** A serialised tensorflow.ConfigProto (tensorflow/core/protobuf/config.proto). */
export function sessionConfig({ xla, grappler }: ExecutionOptions, threads: number): Uint8Array {
  const intraOpThreads = 2;
  const interOpThreads = 5;
  const gpuOptions = 6;
  const allowSoftPlacement = 7;
  const graphOptions = 10;
  return (
    new MessageWriter()
      .int(intraOpThreads, threads)
      .int(interOpThreads, threads)
      // Without allow_growth a session takes the whole card.
      .message(gpuOptions, (gpu) => gpu.int(4, 1))
      .int(allowSoftPlacement, 1)
      .message(graphOptions, (graph) => {
        const optimizerOptions = 3;
        const rewriteOptions = 10;
        const globalJitLevel = 5;
        const cpuGlobalJit = 7;
        const metaOptimizerIterations = 12;
        const disableMetaOptimizer = 19;
        // On processors XLA takes part only where both are set.
        if (xla)
          graph.message(optimizerOptions, (options) => options.int(globalJitLevel, 2).int(cpuGlobalJit, 1));
        // A second round finds nothing in what is recorded here and takes a third of the compile time.
        graph.message(rewriteOptions, (options) =>
          grappler ? options.int(metaOptimizerIterations, 1) : options.int(disableMetaOptimizer, 1),
        );
      })
      .finish()
  );
}

/** A serialised tensorflow.RunOptions; undefined where TensorFlow's own do. */
export function runOptions({ callerThread }: ExecutionOptions): Uint8Array | undefined {
  const interOpThreadPool = 3;
  return callerThread ? new MessageWriter().int(interOpThreadPool, -1).finish() : undefined;
}
