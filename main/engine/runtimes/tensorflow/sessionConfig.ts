import { MessageWriter } from '../../trace/protobuf.ts';

export interface SessionConfig {
  /** Threads that one operation may use. */
  readonly threads: number;
}

/** A serialised tensorflow.ConfigProto (tensorflow/core/protobuf/config.proto). */
export function sessionConfig({ threads }: SessionConfig): Uint8Array {
  const intraOpThreads = 2;
  const interOpThreads = 5;
  const gpuOptions = 6;
  const allowSoftPlacement = 7;
  return (
    new MessageWriter()
      .int(intraOpThreads, threads)
      .int(interOpThreads, threads)
      // Without allow_growth a session takes the whole card.
      .message(gpuOptions, (gpu) => gpu.int(4, 1))
      .int(allowSoftPlacement, 1)
      .finish()
  );
}
