import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Fisher's flowers by a network with one hidden layer. */
export const irisTemplate: Template = {
  id: 'iris',
  title: 'Iris flowers',
  description: 'Three species told apart by four measures: the smallest complete example.',
  architecture: 'Multilayer perceptron',
  dataset: 'Iris',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.95 },
  measured: { seconds: 2, values: [1] },
  short: { steps: 60, factor: 1.5 },
  document: buildDocument({
    name: 'Iris flowers',
    epochs: 40,
    batchSize: 16,
    nodes: [
      { id: 'iris', kind: 'iris', at: [0, 0] },
      { id: 'dense-1', kind: 'dense', params: { units: 16, activation: 'tanh' }, at: [1, 0] },
      { id: 'logits', kind: 'dense', params: { units: 3 }, title: 'Scores', at: [2, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [3, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.01 }, at: [4, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [3, 1] },
    ],
    wires: [
      'iris.features > dense-1.x',
      'dense-1.y > logits.x',
      'logits.y > loss.logits',
      'iris.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'iris.label > accuracy.labels',
    ],
  }),
};
