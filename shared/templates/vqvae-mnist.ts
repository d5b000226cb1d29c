import { buildDocument, type TemplateBlock } from './buildDocument.ts';
import type { Template } from './template.ts';

const conv = (filters: number, size: number, strides: number, activation = 'silu') => ({
  filters,
  kernelSize: [size, size],
  strides: [strides, strides],
  padding: 'same',
  activation,
});

const encoder: TemplateBlock = {
  id: 'encoder',
  title: 'Encoder',
  description: 'An image becomes 7×7 vectors of 16 numbers.',
  nodes: [
    { id: 'conv-14', kind: 'conv2d', params: conv(32, 4, 2), at: [0, 0] },
    { id: 'conv-7', kind: 'conv2d', params: conv(64, 4, 2), at: [1, 0] },
    { id: 'vectors', kind: 'conv2d', params: conv(16, 1, 1, 'linear'), title: 'Vectors', at: [2, 0] },
  ],
  wires: ['conv-14.y > conv-7.x', 'conv-7.y > vectors.x'],
  inputs: { image: 'conv-14.x' },
  outputs: { vectors: 'vectors.y' },
};

const decoder: TemplateBlock = {
  id: 'decoder',
  title: 'Decoder',
  description: 'Draws the image again from the codes’ vectors.',
  nodes: [
    { id: 'conv-7', kind: 'conv2d', params: conv(64, 3, 1), at: [0, 0] },
    { id: 'up-14', kind: 'resize', params: { size: [14, 14], method: 'nearest' }, at: [1, 0] },
    { id: 'conv-14', kind: 'conv2d', params: conv(32, 3, 1), at: [2, 0] },
    { id: 'up-28', kind: 'resize', params: { size: [28, 28], method: 'nearest' }, at: [3, 0] },
    { id: 'pixels', kind: 'conv2d', params: conv(1, 3, 1, 'linear'), title: 'Pixels', at: [4, 0] },
  ],
  wires: ['conv-7.y > up-14.x', 'up-14.y > conv-14.x', 'conv-14.y > up-28.x', 'up-28.y > pixels.x'],
  inputs: { vectors: 'conv-7.x' },
  outputs: { image: 'pixels.y' },
};

/**
 * van den Oord, Vinyals and Kavukcuoglu 2017: a digit is written as 49 of 64 signs, 294 bits. The figure is the
 * squared distance of a test image from its copy, summed over its pixels; beside it stands how many signs are in use.
 */
export const vqvaeMnist: Template = {
  id: 'vqvae-mnist',
  title: 'VQ-VAE: digits in 49 signs',
  description: 'Writes a digit with an alphabet of 64 signs that it makes up itself, and draws it again.',
  architecture: 'Auto-encoder',
  dataset: 'MNIST',
  expected: { metric: 'reconstructionError', split: 'test', atMost: 6 },
  measured: { seconds: 129, values: [5.475] },
  short: { steps: 20, factor: 1.2 },
  document: buildDocument({
    name: 'VQ-VAE: digits in 49 signs',
    epochs: 4,
    batchSize: 128,
    blocks: [encoder, decoder],
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 0] },
      { id: 'encoder', kind: 'block', title: 'Encoder', params: { block: 'encoder' }, at: [1, 0] },
      { id: 'quantizer', kind: 'vector-quantizer', params: { entries: 64 }, title: 'Alphabet', at: [2, 0] },
      { id: 'decoder', kind: 'block', title: 'Decoder', params: { block: 'decoder' }, at: [3, 0] },
      { id: 'reconstruction', kind: 'mean-squared-error', title: 'Reconstruction', at: [4, 0] },
      {
        id: 'pull',
        kind: 'activity-regularization',
        params: { l1: 0.02, l2: 0 },
        title: 'Distance to the signs',
        at: [4, 1],
      },
      {
        id: 'total',
        kind: 'weighted-loss',
        params: { weights: [20, 0.1] },
        title: 'Both',
        at: [5, 0],
      },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.002, schedule: 'cosine' }, at: [6, 0] },
      { id: 'error', kind: 'reconstruction-error', title: 'Error of an image', at: [5, 1] },
      { id: 'signs', kind: 'code-perplexity', params: { entries: 64 }, title: 'Signs in use', at: [3, 1] },
    ],
    wires: [
      'mnist.image > encoder.image',
      'encoder.vectors > quantizer.x',
      'quantizer.y > decoder.vectors',
      'decoder.image > reconstruction.prediction',
      'mnist.image > reconstruction.target',
      'quantizer.distance > pull.x',
      'quantizer.codes > signs.codes',
      'reconstruction.loss > total.losses',
      'pull.loss > total.losses',
      'total.loss > adam.loss',
      'decoder.image > error.prediction',
      'mnist.image > error.target',
    ],
  }),
};
