import { buildDocument, type TemplateBlock } from './buildDocument.ts';
import type { Template } from './template.ts';

const convolution = (filters: number) => ({
  filters,
  padding: 'same',
  activation: 'relu',
  initializer: 'he-normal',
});

const pair = (filters: number): TemplateBlock => ({
  id: `pair-${filters}`,
  title: `Two convolutions of ${filters}`,
  nodes: [
    { id: 'conv-1', kind: 'conv2d', params: convolution(filters), at: [0, 0] },
    { id: 'conv-2', kind: 'conv2d', params: convolution(filters), at: [1, 0] },
  ],
  wires: ['conv-1.y > conv-2.x'],
  inputs: { x: 'conv-1.x' },
  outputs: { y: 'conv-2.y' },
});

/** U-Net (Ronneberger, Fischer and Brox 2015), two levels deep, on generated scenes. */
export const unetShapes: Template = {
  id: 'unet-shapes',
  title: 'U-Net on shape scenes',
  description: 'Says of every pixel which shape it belongs to: down for what, across for where.',
  architecture: 'Convolutional network',
  dataset: 'Shape scenes',
  expected: { metric: 'mean-iou', split: 'test', atLeast: 0.9 },
  measured: { seconds: 159, values: [0.9903] },
  short: { steps: 10, factor: 1.3 },
  document: buildDocument({
    name: 'U-Net on shape scenes',
    epochs: 10,
    batchSize: 16,
    blocks: [pair(16), pair(32), pair(64)],
    nodes: [
      { id: 'scenes', kind: 'shape-scenes', at: [0, 0] },
      { id: 'down-1', kind: 'block', title: 'Fine', params: { block: 'pair-16' }, at: [1, 0] },
      { id: 'pool-1', kind: 'max-pool2d', at: [2, 1] },
      { id: 'down-2', kind: 'block', title: 'Middle', params: { block: 'pair-32' }, at: [3, 1] },
      { id: 'pool-2', kind: 'max-pool2d', at: [4, 2] },
      { id: 'bottom', kind: 'block', title: 'Coarse', params: { block: 'pair-64' }, at: [5, 2] },
      { id: 'up-2', kind: 'resize', params: { size: [24, 24] }, title: 'Up', at: [6, 2] },
      { id: 'join-2', kind: 'concatenate', at: [6, 1] },
      { id: 'mix-2', kind: 'block', title: 'Middle again', params: { block: 'pair-32' }, at: [7, 1] },
      { id: 'up-1', kind: 'resize', params: { size: [48, 48] }, title: 'Up', at: [8, 1] },
      { id: 'join-1', kind: 'concatenate', at: [8, 0] },
      { id: 'mix-1', kind: 'block', title: 'Fine again', params: { block: 'pair-16' }, at: [9, 0] },
      {
        id: 'logits',
        kind: 'conv2d',
        params: { filters: 4, kernelSize: [1, 1], padding: 'same' },
        title: 'Scores',
        at: [10, 0],
      },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [11, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.002 }, at: [12, 0] },
      { id: 'accuracy', kind: 'accuracy', at: [11, 1] },
      { id: 'iou', kind: 'mean-iou', at: [12, 1] },
    ],
    wires: [
      'scenes.image > down-1.x',
      'down-1.y > pool-1.x',
      'pool-1.y > down-2.x',
      'down-2.y > pool-2.x',
      'pool-2.y > bottom.x',
      'bottom.y > up-2.x',
      'down-2.y > join-2.values',
      'up-2.y > join-2.values',
      'join-2.y > mix-2.x',
      'mix-2.y > up-1.x',
      'down-1.y > join-1.values',
      'up-1.y > join-1.values',
      'join-1.y > mix-1.x',
      'mix-1.y > logits.x',
      'logits.y > loss.logits',
      'scenes.pixels > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'scenes.pixels > accuracy.labels',
      'logits.y > iou.prediction',
      'scenes.pixels > iou.labels',
    ],
  }),
};
