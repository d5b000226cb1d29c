import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** A graph auto-encoder (Kipf and Welling 2016) that finds hidden citations. */
export const linksCora: Template = {
  id: 'links-cora',
  title: 'Missing links on Cora',
  description: 'Finds citations that were hidden, by the words of papers and the citations that are left.',
  architecture: 'Graph network',
  dataset: 'Cora links',
  expected: { metric: 'auc', split: 'test', atLeast: 0.9 },
  measured: { seconds: 22, values: [0.9081, 0.9059, 0.906] },
  short: { steps: 20, factor: 1.05 },
  document: buildDocument({
    name: 'Missing links on Cora',
    epochs: 15,
    batchSize: 1,
    nodes: [
      { id: 'cora', kind: 'cora-links', at: [0, 0] },
      { id: 'dropout', kind: 'dropout', params: { rate: 0.6 }, at: [1, 0] },
      { id: 'gcn-1', kind: 'gcn', params: { units: 256, activation: 'relu' }, at: [2, 0] },
      { id: 'gcn-2', kind: 'gcn', params: { units: 64 }, at: [3, 0] },
      { id: 'decoder', kind: 'link-decoder', at: [4, 0] },
      { id: 'loss', kind: 'binary-cross-entropy', at: [5, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.005 }, at: [6, 0] },
      { id: 'auc', kind: 'auc', at: [5, 1] },
    ],
    wires: [
      'cora.features > dropout.x',
      'dropout.y > gcn-1.x',
      'cora.edges > gcn-1.edges',
      'gcn-1.y > gcn-2.x',
      'cora.edges > gcn-2.edges',
      'gcn-2.y > decoder.x',
      'cora.pairs > decoder.pairs',
      'decoder.y > loss.prediction',
      'cora.label > loss.target',
      'loss.loss > adam.loss',
      'decoder.y > auc.prediction',
      'cora.label > auc.labels',
    ],
  }),
};
