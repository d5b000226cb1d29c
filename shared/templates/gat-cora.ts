import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Veličković et al. 2018 with their settings: 8 heads of 8, ELU, dropout 0.6, Adam at 0.005. */
export const gatCora: Template = {
  id: 'gat-cora',
  title: 'GAT on Cora',
  description: 'Papers decide for each citation how much it says about their topic.',
  architecture: 'Graph network',
  dataset: 'Cora',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.815 },
  measured: { seconds: 23, values: [0.818] },
  short: { steps: 10, factor: 1.02 },
  document: buildDocument({
    name: 'GAT on Cora',
    epochs: 30,
    batchSize: 1,
    nodes: [
      { id: 'cora', kind: 'cora', at: [0, 0] },
      { id: 'dropout-1', kind: 'dropout', params: { rate: 0.6 }, at: [1, 0] },
      {
        id: 'gat-1',
        kind: 'gat',
        params: { units: 8, heads: 8, activation: 'elu', dropout: 0.6 },
        at: [2, 0],
      },
      { id: 'dropout-2', kind: 'dropout', params: { rate: 0.6 }, at: [3, 0] },
      {
        id: 'gat-2',
        kind: 'gat',
        params: { units: 7, heads: 1, combine: 'mean', dropout: 0.6 },
        title: 'Scores',
        at: [4, 0],
      },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [5, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.005, weightDecay: 0.0005 }, at: [6, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [5, 1] },
    ],
    wires: [
      'cora.features > dropout-1.x',
      'dropout-1.y > gat-1.x',
      'cora.edges > gat-1.edges',
      'gat-1.y > dropout-2.x',
      'dropout-2.y > gat-2.x',
      'cora.edges > gat-2.edges',
      'gat-2.y > loss.logits',
      'cora.labels > loss.labels',
      'cora.mask > loss.weights',
      'loss.loss > adam.loss',
      'gat-2.y > accuracy.prediction',
      'cora.labels > accuracy.labels',
      'cora.mask > accuracy.weights',
    ],
  }),
};
