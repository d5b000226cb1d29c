import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Two hidden layers with dropout (Srivastava et al. 2014): the classic first network on digits. */
export const mlpMnist: Template = {
  id: 'mlp-mnist',
  title: 'MLP on MNIST',
  description: 'Two hidden layers read handwritten digits as rows of 784 numbers.',
  architecture: 'Multilayer perceptron',
  dataset: 'MNIST',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.98 },
  measured: { seconds: 15, values: [0.9818, 0.9827] },
  short: { steps: 30, factor: 1.5 },
  document: buildDocument({
    name: 'MLP on MNIST',
    epochs: 5,
    batchSize: 128,
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 0] },
      { id: 'flatten', kind: 'flatten', at: [1, 0] },
      { id: 'dense-1', kind: 'dense', params: { units: 512, activation: 'relu' }, at: [2, 0] },
      { id: 'dropout-1', kind: 'dropout', params: { rate: 0.2 }, at: [3, 0] },
      { id: 'dense-2', kind: 'dense', params: { units: 256, activation: 'relu' }, at: [4, 0] },
      { id: 'dropout-2', kind: 'dropout', params: { rate: 0.2 }, at: [1, 1] },
      { id: 'logits', kind: 'dense', params: { units: 10 }, at: [2, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', params: { labelSmoothing: 0.1 }, at: [3, 1] },
      { id: 'adam', kind: 'adam', at: [4, 1] },
      { id: 'accuracy', kind: 'accuracy', at: [3, 2] },
    ],
    wires: [
      'mnist.image > flatten.x',
      'flatten.y > dense-1.x',
      'dense-1.y > dropout-1.x',
      'dropout-1.y > dense-2.x',
      'dense-2.y > dropout-2.x',
      'dropout-2.y > logits.x',
      'logits.y > loss.logits',
      'mnist.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'mnist.label > accuracy.labels',
    ],
  }),
};
