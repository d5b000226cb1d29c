import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** A small perceptron on the spirals of Lang and Witbrock 1988. */
export const twoSpiralsTemplate: Template = {
  id: 'two-spirals',
  title: 'Two spirals',
  description: 'Two small hidden layers bend straight lines into a border between two spirals.',
  architecture: 'Multilayer perceptron',
  dataset: 'Two spirals',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.98 },
  measured: { seconds: 4, values: [1] },
  short: { steps: 120, factor: 1.5 },
  document: buildDocument({
    name: 'Two spirals',
    epochs: 60,
    batchSize: 32,
    nodes: [
      { id: 'spirals', kind: 'two-spirals', at: [0, 0] },
      {
        id: 'dense-1',
        kind: 'dense',
        params: { units: 64, activation: 'relu', initializer: 'he-normal' },
        at: [1, 0],
      },
      {
        id: 'dense-2',
        kind: 'dense',
        params: { units: 64, activation: 'relu', initializer: 'he-normal' },
        at: [2, 0],
      },
      { id: 'logits', kind: 'dense', params: { units: 2 }, title: 'Scores', at: [3, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [4, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.01 }, at: [5, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [4, 1] },
    ],
    wires: [
      'spirals.point > dense-1.x',
      'dense-1.y > dense-2.x',
      'dense-2.y > logits.x',
      'logits.y > loss.logits',
      'spirals.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'spirals.label > accuracy.labels',
    ],
  }),
};
