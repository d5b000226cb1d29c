import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Kipf and Welling 2017 with their settings: 16 hidden units, dropout 0.5, Adam at 0.01 for 200 steps. */
export const gcnCora: Template = {
  id: 'gcn-cora',
  title: 'GCN on Cora',
  description: 'Two graph convolutions put papers into topics by their words and citations.',
  architecture: 'Graph network',
  dataset: 'Cora',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.805 },
  measured: { seconds: 5, values: [0.804, 0.815, 0.804, 0.813, 0.819, 0.808, 0.811, 0.814, 0.818, 0.807] },
  short: { steps: 20, factor: 1.05 },
  document: buildDocument({
    name: 'GCN on Cora',
    epochs: 20,
    batchSize: 1,
    nodes: [
      { id: 'cora', kind: 'cora', at: [0, 0] },
      { id: 'dropout-1', kind: 'dropout', params: { rate: 0.5 }, at: [1, 0] },
      { id: 'gcn-1', kind: 'gcn', params: { units: 16, activation: 'relu' }, at: [2, 0] },
      { id: 'dropout-2', kind: 'dropout', params: { rate: 0.5 }, at: [3, 0] },
      { id: 'gcn-2', kind: 'gcn', params: { units: 7 }, title: 'Scores', at: [4, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [5, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.01, weightDecay: 0.0005 }, at: [6, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [5, 1] },
    ],
    wires: [
      'cora.features > dropout-1.x',
      'dropout-1.y > gcn-1.x',
      'cora.edges > gcn-1.edges',
      'gcn-1.y > dropout-2.x',
      'dropout-2.y > gcn-2.x',
      'cora.edges > gcn-2.edges',
      'gcn-2.y > loss.logits',
      'cora.labels > loss.labels',
      'cora.mask > loss.weights',
      'loss.loss > adam.loss',
      'gcn-2.y > accuracy.prediction',
      'cora.labels > accuracy.labels',
      'cora.mask > accuracy.weights',
    ],
  }),
};
