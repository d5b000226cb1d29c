import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

const hidden = { units: 400, activation: 'relu', initializer: 'he-normal' };

/**
 * Kingma and Welling 2014 with 20 latents. The loss is the negative evidence lower bound in nats for
 * an image: 784 times the mean binary cross-entropy of a pixel, plus the KL term, with one draw.
 */
export const vaeMnist: Template = {
  id: 'vae-mnist',
  title: 'Variational auto-encoder',
  description: 'Describes a digit by 20 numbers that are nearly noise, and draws it again from them.',
  architecture: 'Auto-encoder',
  dataset: 'MNIST',
  expected: { metric: 'loss', split: 'test', atMost: 105 },
  measured: { seconds: 135, values: [103.2] },
  short: { steps: 30, factor: 1.5 },
  document: buildDocument({
    name: 'Variational auto-encoder',
    epochs: 25,
    batchSize: 128,
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 0] },
      { id: 'flatten', kind: 'flatten', at: [1, 0] },
      { id: 'encoder', kind: 'dense', params: hidden, title: 'Encoder', at: [2, 0] },
      { id: 'mean', kind: 'dense', params: { units: 20 }, title: 'Mean', at: [3, 0] },
      { id: 'log-variance', kind: 'dense', params: { units: 20 }, title: 'Log variance', at: [3, 1] },
      { id: 'sample', kind: 'gaussian-sample', params: { evaluation: 'sample' }, at: [4, 0] },
      { id: 'decoder', kind: 'dense', params: hidden, title: 'Decoder', at: [5, 0] },
      { id: 'pixels', kind: 'dense', params: { units: 784 }, title: 'Pixels', at: [6, 0] },
      { id: 'reconstruction', kind: 'binary-cross-entropy', title: 'Reconstruction', at: [7, 0] },
      { id: 'kl', kind: 'gaussian-kl', at: [7, 1] },
      {
        id: 'bound',
        kind: 'weighted-loss',
        params: { weights: [784, 1] },
        title: 'Evidence bound',
        at: [8, 0],
      },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.002, schedule: 'cosine' }, at: [9, 0] },
    ],
    wires: [
      'mnist.image > flatten.x',
      'flatten.y > encoder.x',
      'encoder.y > mean.x',
      'encoder.y > log-variance.x',
      'mean.y > sample.mean',
      'log-variance.y > sample.logVariance',
      'sample.y > decoder.x',
      'decoder.y > pixels.x',
      'pixels.y > reconstruction.prediction',
      'flatten.y > reconstruction.target',
      'mean.y > kl.mean',
      'log-variance.y > kl.logVariance',
      'reconstruction.loss > bound.losses',
      'kl.loss > bound.losses',
      'bound.loss > adam.loss',
    ],
  }),
};
