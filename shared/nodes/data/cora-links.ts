import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';

const NODES = 2708;
const WORDS = 1433;
/** The citations that are not hidden, in both directions. */
const EDGES = 2 * 4488;

/**
 * Cora for link prediction: features `[2708, 1433]` and edges int32 `[8976, 2]` as in Cora, without 15 %
 * of the citations; pairs int32 `[B, 2]` of papers, with label `[B]`: 1 where one cites the other. Half of
 * the pairs are citations: in training of those that are known, else of the hidden ones (5 % validation,
 * 10 % test), never shown as edges. A sample is the whole graph with its pairs.
 */
export const coraLinks = defineDataset({
  kind: 'cora-links',
  category: 'data',
  icon: 'waypoints',
  text: {
    title: 'Cora links',
    description: 'Papers and citations, some of which are hidden and asked for.',
    params: { repeats: { label: 'Steps per epoch', help: 'Each with other pairs of papers.' } },
    ports: { features: 'words', edges: 'citations', pairs: 'pairs', label: 'cited' },
    aliases: ['link prediction', 'citation network', 'graph', 'gnn'],
  },
  params: z.object({ repeats: z.int().min(1).max(1000).default(20) }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'features', type: 'tensor' },
      { id: 'edges', type: 'tensor' },
      { id: 'pairs', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'cora-links',
  knownFacts: ({ repeats }) => ({
    outputs: {
      features: { type: 'tensor', dtype: 'float32', shape: [NODES, WORDS], meaning: { kind: 'features' } },
      edges: { type: 'tensor', dtype: 'int32', shape: [EDGES, 2], meaning: { kind: 'edges' } },
      pairs: { type: 'tensor', dtype: 'int32', shape: ['B', 2], meaning: { kind: 'edges' } },
      label: {
        type: 'tensor',
        dtype: 'int32',
        shape: ['B'],
        meaning: { kind: 'class', labels: ['not linked', 'linked'] },
      },
    },
    splits: { train: repeats, validation: 1, test: 1 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ repeats }) => ['2,708 papers · 4,488 citations', `${repeats} steps an epoch`],
  lesson: {
    summary:
      'Which papers should cite each other? A network that has seen the other citations and the words gives every paper a row, and rows of linked papers point the same way. The area under the ROC curve says how often a hidden citation scores higher than a pair that is none. Use a batch size of 1.',
    references: [
      {
        title: 'Kipf and Welling 2016: Variational graph auto-encoders',
        url: 'https://arxiv.org/abs/1611.07308',
      },
    ],
  },
  examples: [
    {
      name: 'twenty steps an epoch',
      inputs: {},
      params: {},
      outputs: { features: [NODES, WORDS], edges: [EDGES, 2], pairs: [2], label: [] },
    },
    {
      name: 'one step an epoch',
      inputs: {},
      params: { repeats: 1 },
      outputs: { features: [NODES, WORDS], edges: [EDGES, 2], pairs: [2], label: [] },
    },
  ],
});
