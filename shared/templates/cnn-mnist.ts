import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Two convolutions with pooling, as in LeNet (LeCun et al. 1998) with today's parts. */
export const cnnMnist: Template = {
  id: 'cnn-mnist',
  title: 'CNN on MNIST',
  description: 'Two convolutions with pooling find strokes and corners wherever they are.',
  architecture: 'Convolutional network',
  dataset: 'MNIST',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.99 },
  measured: { seconds: 40, values: [0.9913, 0.9914] },
  short: { steps: 20, factor: 1.3 },
  document: buildDocument({
    name: 'CNN on MNIST',
    epochs: 3,
    batchSize: 64,
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 0] },
      {
        id: 'conv2d-1',
        kind: 'conv2d',
        params: { filters: 32, activation: 'relu', initializer: 'he-normal' },
        at: [1, 0],
      },
      { id: 'max-pool2d-1', kind: 'max-pool2d', at: [2, 0] },
      {
        id: 'conv2d-2',
        kind: 'conv2d',
        params: { filters: 64, activation: 'relu', initializer: 'he-normal' },
        at: [3, 0],
      },
      { id: 'max-pool2d-2', kind: 'max-pool2d', at: [4, 0] },
      { id: 'flatten', kind: 'flatten', at: [0, 1] },
      { id: 'dense-1', kind: 'dense', params: { units: 128, activation: 'relu' }, at: [1, 1] },
      { id: 'dropout-1', kind: 'dropout', params: { rate: 0.3 }, at: [2, 1] },
      { id: 'logits', kind: 'dense', params: { units: 10 }, at: [3, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', params: { labelSmoothing: 0.1 }, at: [4, 1] },
      { id: 'adam', kind: 'adam', at: [5, 1] },
      { id: 'accuracy', kind: 'accuracy', at: [4, 2] },
    ],
    wires: [
      'mnist.image > conv2d-1.x',
      'conv2d-1.y > max-pool2d-1.x',
      'max-pool2d-1.y > conv2d-2.x',
      'conv2d-2.y > max-pool2d-2.x',
      'max-pool2d-2.y > flatten.x',
      'flatten.y > dense-1.x',
      'dense-1.y > dropout-1.x',
      'dropout-1.y > logits.x',
      'logits.y > loss.logits',
      'mnist.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'mnist.label > accuracy.labels',
    ],
  }),
};
