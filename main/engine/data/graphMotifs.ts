import { z } from 'zod';
import type { DataLoader } from './dataSource.ts';
import { createRandom, type Random } from './random.ts';
import { knownFacts } from './splitTable.ts';

const paramsSchema = z.looseObject({ samples: z.int(), seed: z.int() });

type Edge = readonly [number, number];

const BASE = 20;
const LONG_WAYS = 3;
/** A new edge of the base closes a ring of at least this many edges and one more: longer than any in a motif. */
const LEAST_DISTANCE = 5;
/** Five nodes, six edges, degrees 3, 3, 2, 2, 2: of the two that there are, the house and K₂,₃. */
const MOTIFS: readonly (readonly Edge[])[] = [
  [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [0, 4],
    [1, 4],
  ],
  [
    [0, 2],
    [0, 3],
    [0, 4],
    [1, 2],
    [1, 3],
    [1, 4],
  ],
];
const MOTIF_NODES = 5;
const GRAPH_NODES = BASE + MOTIF_NODES;
/** Tree, long ways, motif, and the edge between base and motif. */
const EDGES = BASE - 1 + LONG_WAYS + 6 + 1;

/** Steps from a node to every other, by breadth first. */
function distances(from: number, edges: readonly Edge[]): number[] {
  const steps = new Array<number>(BASE).fill(Number.POSITIVE_INFINITY);
  steps[from] = 0;
  const queue = [from];
  for (const node of queue) {
    for (const [a, b] of edges) {
      const other = a === node ? b : b === node ? a : undefined;
      if (other === undefined || steps[other] !== Number.POSITIVE_INFINITY) continue;
      steps[other] = (steps[node] ?? 0) + 1;
      queue.push(other);
    }
  }
  return steps;
}

/** A random tree with three more edges between nodes that lie far apart. */
function drawBase(random: Random): Edge[] {
  for (;;) {
    const edges: Edge[] = Array.from({ length: BASE - 1 }, (_, at) => [random.below(at + 1), at + 1]);
    for (let attempt = 0; attempt < 40 && edges.length < BASE - 1 + LONG_WAYS; attempt += 1) {
      const from = random.below(BASE);
      const far = distances(from, edges).flatMap((steps, node) => (steps >= LEAST_DISTANCE ? [node] : []));
      if (far.length > 0) edges.push([from, far[random.below(far.length)] ?? 0]);
    }
    if (edges.length === BASE - 1 + LONG_WAYS) return edges;
  }
}

function drawGraph(random: Random, label: number): Edge[] {
  const motif = (MOTIFS[label] ?? []).map(([a, b]): Edge => [a + BASE, b + BASE]);
  const bridge: Edge = [random.below(BASE), BASE + random.below(MOTIF_NODES)];
  return [...drawBase(random), ...motif, bridge];
}

/**
 * Graphs side by side as one: nodes and edges of a batch follow each other, and `graphs` says which
 * node belongs to which. Nothing but the wiring tells the classes apart.
 */
export const graphMotifsLoader: DataLoader = {
  async open(params, given) {
    const { seed } = paramsSchema.parse(params);
    const facts = knownFacts('graph-motifs', params, given);
    const { train, validation, test } = facts.splits;
    const count = train + validation + test;
    const random = createRandom(seed, 'graph-motifs');
    const wiring = new Uint8Array(count * EDGES * 2);
    const labels = new Uint8Array(count);
    for (let graph = 0; graph < count; graph += 1) {
      labels[graph] = random.below(2);
      wiring.set(drawGraph(random, labels[graph] ?? 0).flat(), graph * EDGES * 2);
    }
    const first = { train: 0, validation: train, test: train + validation };
    return {
      facts,
      shuffle: true,
      bytes: wiring.byteLength + labels.byteLength,
      gather({ split, indices, start, size }) {
        const edges = new Int32Array(size * EDGES * 4);
        const graphs = new Int32Array(size * GRAPH_NODES);
        const label = new Int32Array(size);
        for (let at = 0; at < size; at += 1) {
          const index = indices ? indices[start + at] : start + at;
          if (index === undefined || index >= facts.splits[split]) {
            throw new Error(`there is no sample ${index} in ${split}`);
          }
          const row = first[split] + index;
          label[at] = labels[row] ?? 0;
          graphs.fill(at, at * GRAPH_NODES, (at + 1) * GRAPH_NODES);
          for (let edge = 0; edge < EDGES; edge += 1) {
            const place = 2 * (row * EDGES + edge);
            const a = (wiring[place] ?? 0) + at * GRAPH_NODES;
            const b = (wiring[place + 1] ?? 0) + at * GRAPH_NODES;
            edges.set([a, b, b, a], 4 * (at * EDGES + edge));
          }
        }
        return {
          nodes: {
            shape: [size * GRAPH_NODES, 1],
            dtype: 'float32',
            data: new Float32Array(size * GRAPH_NODES).fill(1),
          },
          edges: { shape: [size * EDGES * 2, 2], dtype: 'int32', data: edges },
          graphs: { shape: [size * GRAPH_NODES], dtype: 'int32', data: graphs },
          label: { shape: [size], dtype: 'int32', data: label },
        };
      },
    };
  },
};
