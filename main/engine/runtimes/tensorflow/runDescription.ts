import { MessageWriter } from '../../trace/protobuf.ts';
import { messagesOf, readMessage } from '../../trace/protobufReader.ts';

/** A serialised tensorflow.RunOptions that asks for the graphs as they are executed. */
export const describeOptions = (): Uint8Array => {
  const outputPartitionGraphs = 5;
  return new MessageWriter().int(outputPartitionGraphs, 1).finish();
};

/** A serialised tensorflow.RunOptions that asks for the time that each operation took. */
export const timeOptions = (callerThread: boolean): Uint8Array => {
  const [traceLevel, interOpThreadPool] = [1, 3];
  const fullTrace = 3;
  const writer = new MessageWriter().int(traceLevel, fullTrace);
  return (callerThread ? writer.int(interOpThreadPool, -1) : writer).finish();
};

/** Milliseconds of a run by type of operation, out of its tensorflow.RunMetadata (step_stats.proto). */
export function operationTimes(metadata: Uint8Array): Record<string, number> {
  const [stepStats, deviceStats, nodeStats] = [1, 1, 2];
  const [startMicros, endMicros, label, startNanos, endNanos] = [3, 4, 8, 14, 15];
  const times: Record<string, number> = {};
  for (const stats of messagesOf(metadata, stepStats)) {
    for (const device of messagesOf(stats, deviceStats)) {
      for (const node of messagesOf(device, nodeStats)) {
        const fields = new Map([...readMessage(node)].map(({ field, value }) => [field, value]));
        const text = fields.get(label);
        // `name = Type(inputs)`
        const type =
          text instanceof Uint8Array ? /= (\w+)\(/.exec(new TextDecoder().decode(text))?.[1] : undefined;
        if (type === undefined) continue;
        const number = (field: number) => Number(fields.get(field) ?? 0);
        const nanos = number(endNanos) - number(startNanos);
        const ms = nanos > 0 ? nanos / 1e6 : (number(endMicros) - number(startMicros)) / 1e3;
        times[type] = (times[type] ?? 0) + ms;
      }
    }
  }
  return times;
}

/** How many operations of each type a run executed, out of its tensorflow.RunMetadata. */
export function executedOperations(metadata: Uint8Array): Record<string, number> {
  const [partitionGraphs, node, operation] = [3, 1, 2];
  const counts: Record<string, number> = {};
  for (const graph of messagesOf(metadata, partitionGraphs)) {
    for (const one of messagesOf(graph, node)) {
      const [type] = messagesOf(one, operation);
      if (!type) continue;
      const name = new TextDecoder().decode(type);
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}
