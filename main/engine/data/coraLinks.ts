import type { Split } from '#shared/protocol/engine.ts';
import { bothDirections, type CoraFile, readCora, requireWholeGraph, wordsOf } from './coraFile.ts';
import type { DataLoader, DataSource, SourceValues } from './dataSource.ts';
import { createRandom, type Random, randomOrder } from './random.ts';
import { knownFacts } from './splitTable.ts';

type Edges = CoraFile['edges'];

/** Share of the citations that are hidden, and then asked for. */
const HIDDEN = { validation: 0.05, test: 0.1 } as const;
/** Citations asked for in a training step, beside as many pairs that are none. */
const ASKED = 1000;

/** The graph without some citations, which are asked for among pairs that do not cite each other. */
export const coraLinksLoader: DataLoader = {
  async open(params, given): Promise<DataSource> {
    const file = await readCora();
    const facts = knownFacts('cora-links', params, given);
    const order = randomOrder(createRandom(1, 'cora-links'), file.edges.length);
    const shuffled = [...order].map((place) => file.edges[place] as Edges[number]);
    const test = Math.floor(HIDDEN.test * shuffled.length);
    const validation = Math.floor(HIDDEN.validation * shuffled.length);
    const known = shuffled.slice(test + validation);
    const linked = new Set(file.edges.flatMap(([a, b]) => [a * file.nodes + b, b * file.nodes + a]));
    const shared = { features: wordsOf(file), edges: bothDirections(known) };

    const ask = (edges: Edges, random: Random): SourceValues => {
      const pairs = new Int32Array(4 * edges.length);
      pairs.set(edges.flat());
      for (let pair = edges.length; pair < 2 * edges.length; pair += 1) {
        let [a, b] = [random.below(file.nodes), random.below(file.nodes)];
        while (a === b || linked.has(a * file.nodes + b)) {
          [a, b] = [random.below(file.nodes), random.below(file.nodes)];
        }
        pairs.set([a, b], 2 * pair);
      }
      const labels = new Int32Array(2 * edges.length).fill(1, 0, edges.length);
      return {
        pairs: { shape: [2 * edges.length, 2], dtype: 'int32', data: pairs },
        label: { shape: [2 * edges.length], dtype: 'int32', data: labels },
      };
    };
    const held: Record<Exclude<Split, 'train'>, SourceValues> = {
      test: ask(shuffled.slice(0, test), createRandom(2, 'cora-links')),
      validation: ask(shuffled.slice(test, test + validation), createRandom(3, 'cora-links')),
    };
    return {
      facts,
      shuffle: false,
      bytes: shared.features.data.byteLength + shared.edges.data.byteLength,
      gather({ split, start, size }) {
        requireWholeGraph(size);
        if (split !== 'train') return { ...shared, ...held[split] };
        const random = createRandom(4 + start, 'cora-links');
        const drawn = Array.from({ length: ASKED }, () => known[random.below(known.length)] as Edges[number]);
        return { ...shared, ...ask(drawn, random) };
      },
    };
  },
};
