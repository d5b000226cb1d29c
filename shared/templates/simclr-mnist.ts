import { buildDocument, type TemplateBlock } from './buildDocument.ts';
import type { Template } from './template.ts';

const encoder: TemplateBlock = {
  id: 'encoder',
  title: 'Encoder',
  description: 'An image becomes 256 features.',
  nodes: [
    {
      id: 'conv-14',
      kind: 'conv2d',
      params: { filters: 32, kernelSize: [5, 5], strides: [2, 2], padding: 'same', activation: 'relu' },
      at: [0, 0],
    },
    { id: 'norm-14', kind: 'batch-normalization', at: [1, 0] },
    {
      id: 'conv-7',
      kind: 'conv2d',
      params: { filters: 64, kernelSize: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' },
      at: [2, 0],
    },
    { id: 'norm-7', kind: 'batch-normalization', at: [3, 0] },
    { id: 'flatten', kind: 'flatten', at: [4, 0] },
    {
      id: 'features',
      kind: 'dense',
      params: { units: 256, activation: 'relu' },
      title: 'Features',
      at: [5, 0],
    },
  ],
  wires: [
    'conv-14.y > norm-14.x',
    'norm-14.y > conv-7.x',
    'conv-7.y > norm-7.x',
    'norm-7.y > flatten.x',
    'flatten.y > features.x',
  ],
  inputs: { image: 'conv-14.x' },
  outputs: { features: 'features.y' },
};

const projection: TemplateBlock = {
  id: 'projection',
  title: 'Projection',
  description: 'Where two views are compared; thrown away afterwards.',
  nodes: [
    { id: 'hidden', kind: 'dense', params: { units: 128, activation: 'relu' }, at: [0, 0] },
    { id: 'out', kind: 'dense', params: { units: 64 }, title: 'Vector', at: [1, 0] },
  ],
  wires: ['hidden.y > out.x'],
  inputs: { features: 'hidden.x' },
  outputs: { vector: 'out.y' },
};

const view = { degrees: 20, scale: 1.2, shift: 2, evaluation: 'on' };

/**
 * Chen et al. 2020: two views of each digit shall be found to be partners among those of 255 others. The figure is a linear
 * probe's: one dense layer that reads the features, through which no gradient of labels goes.
 */
export const simclrMnist: Template = {
  id: 'simclr-mnist',
  title: 'Digits without labels (SimCLR)',
  description: 'Learns what digits look like by comparing changed copies; a linear layer then reads it.',
  architecture: 'Contrastive learning',
  dataset: 'MNIST',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.97 },
  measured: { seconds: 97, values: [0.9736] },
  short: { steps: 10, factor: 1.05 },
  document: buildDocument({
    name: 'Digits without labels (SimCLR)',
    epochs: 5,
    batchSize: 256,
    blocks: [encoder, projection],
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 1] },
      { id: 'view-1', kind: 'random-affine', params: view, title: 'First view', at: [1, 0] },
      { id: 'view-2', kind: 'random-affine', params: view, title: 'Second view', at: [1, 1] },
      { id: 'encoder-1', kind: 'block', title: 'Encoder', params: { block: 'encoder' }, at: [2, 0] },
      {
        id: 'encoder-2',
        kind: 'block',
        title: 'Same encoder',
        params: { block: 'encoder', shareWith: 'encoder-1' },
        at: [2, 1],
      },
      {
        id: 'encoder-plain',
        kind: 'block',
        title: 'Same, plain image',
        params: { block: 'encoder', shareWith: 'encoder-1' },
        at: [2, 2],
      },
      { id: 'projection-1', kind: 'block', title: 'Projection', params: { block: 'projection' }, at: [3, 0] },
      {
        id: 'projection-2',
        kind: 'block',
        title: 'Same projection',
        params: { block: 'projection', shareWith: 'projection-1' },
        at: [3, 1],
      },
      { id: 'stop', kind: 'stop-gradient', title: 'No label passes', at: [3, 2] },
      {
        id: 'contrast',
        kind: 'info-nce',
        params: { temperature: 0.3, negatives: 'both-views' },
        title: 'Find the partner',
        at: [4, 0],
      },
      { id: 'probe', kind: 'dense', params: { units: 10 }, title: 'Linear probe', at: [4, 2] },
      { id: 'probe-loss', kind: 'softmax-cross-entropy', title: 'Probe loss', at: [5, 2] },
      { id: 'total', kind: 'weighted-loss', params: { weights: [1, 1] }, title: 'Both', at: [6, 1] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.003, schedule: 'cosine', warmup: 50 },
        at: [7, 1],
      },
      { id: 'accuracy', kind: 'accuracy', title: 'Probe accuracy', at: [5, 3] },
    ],
    wires: [
      'mnist.image > view-1.x',
      'mnist.image > view-2.x',
      'mnist.image > encoder-plain.image',
      'view-1.y > encoder-1.image',
      'view-2.y > encoder-2.image',
      'encoder-1.features > projection-1.features',
      'encoder-2.features > projection-2.features',
      'projection-1.vector > contrast.a',
      'projection-2.vector > contrast.b',
      'encoder-plain.features > stop.x',
      'stop.y > probe.x',
      'probe.y > probe-loss.logits',
      'mnist.label > probe-loss.labels',
      'contrast.loss > total.losses',
      'probe-loss.loss > total.losses',
      'total.loss > adam.loss',
      'probe.y > accuracy.prediction',
      'mnist.label > accuracy.labels',
    ],
  }),
};
