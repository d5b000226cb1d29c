import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/**
 * Graph classification by GIN (Xu et al. 2019). Degrees alone are right for half of the graphs; a mean
 * in place of the sums cannot count.
 */
export const ginMotifs: Template = {
  id: 'gin-motifs',
  title: 'GIN tells graphs apart',
  description:
    'Finds which motif hangs on a random graph: four layers look four edges far, a sum reads out the whole.',
  architecture: 'Graph network',
  dataset: 'Graph motifs',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.95 },
  measured: { seconds: 15, values: [0.998] },
  short: { steps: 40, factor: 1.5 },
  document: buildDocument({
    name: 'GIN tells graphs apart',
    epochs: 10,
    batchSize: 50,
    nodes: [
      { id: 'graphs', kind: 'graph-motifs', at: [0, 0] },
      { id: 'gin-1', kind: 'gin', title: 'One edge far', at: [1, 0] },
      { id: 'norm-1', kind: 'batch-normalization', at: [2, 0] },
      { id: 'gin-2', kind: 'gin', title: 'Two edges far', at: [3, 0] },
      { id: 'norm-2', kind: 'batch-normalization', at: [4, 0] },
      { id: 'gin-3', kind: 'gin', title: 'Three edges far', at: [5, 0] },
      { id: 'norm-3', kind: 'batch-normalization', at: [6, 0] },
      { id: 'gin-4', kind: 'gin', title: 'Four edges far', at: [7, 0] },
      { id: 'norm-4', kind: 'batch-normalization', at: [8, 0] },
      { id: 'readout', kind: 'graph-readout', params: { form: 'sum' }, at: [9, 0] },
      { id: 'hidden', kind: 'dense', params: { units: 32, activation: 'relu' }, at: [10, 0] },
      { id: 'logits', kind: 'dense', params: { units: 2 }, title: 'Scores', at: [11, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [12, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.003, schedule: 'cosine' }, at: [13, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [12, 1] },
    ],
    wires: [
      'graphs.nodes > gin-1.x',
      'graphs.edges > gin-1.edges',
      'gin-1.y > norm-1.x',
      'norm-1.y > gin-2.x',
      'graphs.edges > gin-2.edges',
      'gin-2.y > norm-2.x',
      'norm-2.y > gin-3.x',
      'graphs.edges > gin-3.edges',
      'gin-3.y > norm-3.x',
      'norm-3.y > gin-4.x',
      'graphs.edges > gin-4.edges',
      'gin-4.y > norm-4.x',
      'norm-4.y > readout.x',
      'graphs.graphs > readout.graphs',
      'graphs.label > readout.like',
      'readout.y > hidden.x',
      'hidden.y > logits.x',
      'logits.y > loss.logits',
      'graphs.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'graphs.label > accuracy.labels',
    ],
  }),
};
