import { MessageWriter } from '../../trace/protobuf.ts';
import { messagesOf } from '../../trace/protobufReader.ts';

/** A serialised tensorflow.RunOptions that asks for the graphs as they are executed. */
export const describeOptions = (): Uint8Array => {
  const outputPartitionGraphs = 5;
  return new MessageWriter().int(outputPartitionGraphs, 1).finish();
};

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
