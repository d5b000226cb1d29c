import { buildDocument, type TemplateBlock } from './buildDocument.ts';
import type { Template } from './template.ts';

const rectified = { activation: 'relu', initializer: 'he-normal' };

const encoder: TemplateBlock = {
  id: 'encoder',
  title: 'Encoder',
  description: 'A picture becomes 32 numbers.',
  nodes: [
    {
      id: 'conv-1',
      kind: 'conv2d',
      params: { filters: 16, kernelSize: [5, 5], strides: [2, 2], padding: 'same', ...rectified },
      at: [0, 0],
    },
    {
      id: 'conv-2',
      kind: 'conv2d',
      params: { filters: 32, strides: [2, 2], padding: 'same', ...rectified },
      at: [1, 0],
    },
    { id: 'flatten', kind: 'flatten', at: [2, 0] },
    { id: 'hidden', kind: 'dense', params: { units: 64, ...rectified }, at: [3, 0] },
    { id: 'numbers', kind: 'dense', params: { units: 32 }, title: '32 numbers', at: [4, 0] },
  ],
  wires: ['conv-1.y > conv-2.x', 'conv-2.y > flatten.x', 'flatten.y > hidden.x', 'hidden.y > numbers.x'],
  inputs: { image: 'conv-1.x' },
  outputs: { numbers: 'numbers.y' },
};

/**
 * A Siamese network (Bromley et al. 1993): one encoder twice, with the same weights. Two digits
 * count as the same where the squared distance of what it makes of them is less than 1. The best threshold on the distance of the pixels is right for 0.68.
 */
export const siameseMnist: Template = {
  id: 'siamese-mnist',
  title: 'Siamese network on MNIST',
  description:
    'Says whether two digits are the same: one encoder sees both, and learns to put equal ones nearer than 1.',
  architecture: 'Representation learning',
  dataset: 'MNIST',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.97 },
  measured: { seconds: 144, values: [0.9798] },
  short: { steps: 40, factor: 1.3 },
  document: buildDocument({
    name: 'Siamese network on MNIST',
    epochs: 4,
    batchSize: 128,
    blocks: [encoder],
    nodes: [
      { id: 'pairs', kind: 'mnist-pairs', params: { samples: 100_000 }, at: [0, 0] },
      { id: 'encoder', kind: 'block', title: 'Encoder', params: { block: 'encoder' }, at: [1, 0] },
      {
        id: 'twin',
        kind: 'block',
        title: 'The same encoder',
        params: { block: 'encoder', shareWith: 'encoder' },
        at: [1, 1],
      },
      { id: 'difference', kind: 'subtract', at: [2, 0] },
      { id: 'squares', kind: 'expression', params: { formula: 'a ^ 2' }, title: 'Squares', at: [3, 0] },
      {
        id: 'distance',
        kind: 'reduce',
        params: { operation: 'sum', axes: [1], keepDims: true },
        title: 'Distance',
        at: [4, 0],
      },
      { id: 'same', kind: 'expression', params: { formula: '5 * (1 - a)' }, title: 'Same', at: [5, 0] },
      {
        id: 'different',
        kind: 'expression',
        params: { formula: '5 * (a - 1)' },
        title: 'Different',
        at: [5, 1],
      },
      { id: 'scores', kind: 'concatenate', title: 'Scores', at: [6, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [7, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.002, schedule: 'cosine' }, at: [8, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [7, 1] },
    ],
    wires: [
      'pairs.first > encoder.image',
      'pairs.second > twin.image',
      'encoder.numbers > difference.a',
      'twin.numbers > difference.b',
      'difference.y > squares.a',
      'squares.y > distance.x',
      'distance.y > different.a',
      'distance.y > same.a',
      'different.y > scores.values',
      'same.y > scores.values',
      'scores.y > loss.logits',
      'pairs.same > loss.labels',
      'loss.loss > adam.loss',
      'scores.y > accuracy.prediction',
      'pairs.same > accuracy.labels',
    ],
  }),
};
