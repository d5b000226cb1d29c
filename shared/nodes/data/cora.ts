import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';

const NODES = 2708;
const WORDS = 1433;
const EDGES = 2 * 5278;
/** Topics in the order of the Planetoid files. */
const labels = [
  'theory',
  'reinforcement learning',
  'genetic algorithms',
  'neural networks',
  'probabilistic methods',
  'case based',
  'rule learning',
];

/**
 * 2,708 papers that cite each other (McCallum et al. 2000; split of Yang et al. 2016). A sample is the
 * whole graph: features `[2708, 1433]` (words that occur, rows summing to one), edges int32
 * `[10556, 2]` in both directions, labels `[2708]`, and mask `[2708]`: 1 for the papers of the split
 * (140 train, 500 validation, 1,000 test), whose labels count.
 */
export const cora = defineDataset({
  kind: 'cora',
  category: 'data',
  icon: 'waypoints',
  text: {
    title: 'Cora',
    description: '2,708 papers with their words and citations, in seven topics.',
    params: {
      repeats: { label: 'Steps per epoch', help: 'How often the graph is seen in an epoch.' },
    },
    ports: { features: 'words', edges: 'citations', labels: 'topics', mask: 'split' },
    aliases: ['citation network', 'graph', 'planetoid', 'gnn', 'semi-supervised'],
  },
  params: z.object({ repeats: z.int().min(1).max(1000).default(10) }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'features', type: 'tensor' },
      { id: 'edges', type: 'tensor' },
      { id: 'labels', type: 'tensor' },
      { id: 'mask', type: 'tensor' },
    ],
  },
  loader: 'cora',
  knownFacts: ({ repeats }) => ({
    outputs: {
      features: { type: 'tensor', dtype: 'float32', shape: [NODES, WORDS], meaning: { kind: 'features' } },
      edges: { type: 'tensor', dtype: 'int32', shape: [EDGES, 2], meaning: { kind: 'edges' } },
      labels: { type: 'tensor', dtype: 'int32', shape: [NODES], meaning: { kind: 'class', labels } },
      mask: { type: 'tensor', dtype: 'float32', shape: [NODES], meaning: { kind: 'mask' } },
    },
    splits: { train: repeats, validation: 1, test: 1 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ repeats }) => ['2,708 papers · 5,278 citations', `${repeats} steps an epoch`],
  lesson: {
    summary:
      'Only 140 papers have a label in training, 20 for each topic; all words and citations are known. By its words alone a paper can be put into the right topic about 58 times in 100; with what it cites and what cites it more than 80. Use a batch size of 1: a sample is the whole graph.',
    references: [
      {
        title:
          'Yang, Cohen and Salakhutdinov 2016: Revisiting semi-supervised learning with graph embeddings',
        url: 'https://arxiv.org/abs/1603.08861',
      },
    ],
  },
  examples: [
    {
      name: 'ten steps an epoch',
      inputs: {},
      params: {},
      outputs: { features: [NODES, WORDS], edges: [EDGES, 2], labels: [NODES], mask: [NODES] },
    },
    {
      name: 'one step an epoch',
      inputs: {},
      params: { repeats: 1 },
      outputs: { features: [NODES, WORDS], edges: [EDGES, 2], labels: [NODES], mask: [NODES] },
    },
  ],
});
