import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';

const labels = ['house', 'crossing'];

/**
 * Graphs of 25 nodes and 29 edges: a random tree with three long rings, to which a motif of five nodes
 * hangs, a house (a square with a roof) or a crossing (K₂,₃: two nodes joined by three ways). Both have
 * six edges and the degrees 3, 3, 2, 2, 2, so that counting nodes, edges or degrees is right half the
 * time. The graphs of a batch lie side by side: nodes `[N, 1]` (all ones), edges int32 `[E, 2]` in both
 * directions, graphs int32 `[N]` (each node's graph), label int32 `[B]`. Generated from the seed.
 */
export const graphMotifs = defineDataset({
  kind: 'graph-motifs',
  category: 'data',
  icon: 'waypoints',
  text: {
    title: 'Graph motifs',
    description: 'Generated graphs that differ in how five of their nodes are wired.',
    params: { samples: { label: 'Training graphs' }, seed: { label: 'Seed' } },
    ports: { nodes: 'nodes', edges: 'edges', graphs: 'graph of each node', label: 'motif' },
    aliases: ['graph classification', 'gin', 'molecule', 'ba-2motifs', 'gnn', 'synthetic'],
  },
  params: z.object({
    samples: z.int().min(50).max(50_000).default(3000).meta({ step: 100 }),
    seed: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'nodes', type: 'tensor' },
      { id: 'edges', type: 'tensor' },
      { id: 'graphs', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'graph-motifs',
  knownFacts: ({ samples }) => ({
    outputs: {
      nodes: { type: 'tensor', dtype: 'float32', shape: ['N', 1], meaning: { kind: 'features' } },
      edges: { type: 'tensor', dtype: 'int32', shape: ['E', 2], meaning: { kind: 'edges' } },
      graphs: { type: 'tensor', dtype: 'int32', shape: ['N'] },
      label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
    },
    splits: { train: samples, validation: 300, test: 1000 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ samples }) => [`${formatCount(samples)} graphs`, '25 nodes · two motifs'],
  lesson: {
    summary:
      'The nodes say nothing of themselves: only how they are wired tells a house from a crossing, and it takes more than one look at the neighbours. A network that only counts degrees stays at half. Sums over neighbours, layer after layer, find the difference.',
    references: [
      {
        title: 'Luo et al. 2020: Parameterized explainer for graph neural network (motifs on random graphs)',
        url: 'https://arxiv.org/abs/2011.04573',
      },
      {
        title: 'Xu, Hu, Leskovec and Jegelka 2019: How powerful are graph neural networks?',
        url: 'https://arxiv.org/abs/1810.00826',
      },
    ],
  },
  examples: [
    {
      name: 'as it is',
      inputs: {},
      params: {},
      outputs: { nodes: [1], edges: [2], graphs: [], label: [] },
    },
    {
      name: 'few',
      inputs: {},
      params: { samples: 100, seed: 7 },
      outputs: { nodes: [1], edges: [2], graphs: [], label: [] },
    },
  ],
});
