import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';
import { transformerBlock } from './transformerBlock.ts';

/**
 * A small vision transformer (Dosovitskiy et al. 2021): 16 patches of 7×7 pixels, their mean read out. It has to learn
 * even that neighbours belong together, so digits are turned and shifted a little to make more of them.
 */
export const vitMnist: Template = {
  id: 'vit-mnist',
  title: 'ViT on MNIST',
  description: 'A digit is cut into patches, which are read like the words of a sentence.',
  architecture: 'Transformer',
  dataset: 'MNIST',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.98 },
  measured: { seconds: 331, values: [0.9828] },
  short: { steps: 12, factor: 1.05 },
  document: buildDocument({
    name: 'ViT on MNIST',
    epochs: 5,
    batchSize: 64,
    blocks: [
      transformerBlock({ id: 'layer', title: 'Transformer layer', width: 96, heads: 4, causal: false }),
    ],
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 0] },
      {
        id: 'changed',
        kind: 'random-affine',
        params: { degrees: 8, scale: 1.1, shift: 1 },
        title: 'Changed a little',
        at: [1, 0],
      },
      {
        id: 'patches',
        kind: 'conv2d',
        params: { filters: 96, kernelSize: [7, 7], strides: [7, 7], padding: 'valid' },
        title: 'Patches',
        at: [2, 0],
      },
      { id: 'sequence', kind: 'reshape', params: { shape: [16, 96] }, at: [3, 0] },
      { id: 'positions', kind: 'position-embedding', at: [4, 0] },
      {
        id: 'layers',
        kind: 'block',
        title: 'Transformer layers',
        params: { block: 'layer', repeat: 3 },
        at: [5, 0],
      },
      { id: 'norm', kind: 'layer-normalization', at: [0, 1] },
      { id: 'mean', kind: 'reduce', params: { operation: 'mean', axes: [1] }, at: [1, 1] },
      { id: 'logits', kind: 'dense', params: { units: 10 }, title: 'Scores', at: [2, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', params: { labelSmoothing: 0.05 }, at: [3, 1] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.002, schedule: 'cosine', warmup: 200, average: true, averageDecay: 0.99 },
        at: [4, 1],
      },
      { id: 'accuracy', kind: 'accuracy', at: [3, 2] },
    ],
    wires: [
      'mnist.image > changed.x',
      'changed.y > patches.x',
      'patches.y > sequence.x',
      'sequence.y > positions.x',
      'positions.y > layers.x',
      'layers.y > norm.x',
      'norm.y > mean.x',
      'mean.y > logits.x',
      'logits.y > loss.logits',
      'mnist.label > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'mnist.label > accuracy.labels',
    ],
  }),
};
