import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Vincent et al. 2008: a digit is drowned in noise of deviation 0.5 and made out again. */
export const denoisingMnist: Template = {
  id: 'denoising-mnist',
  title: 'Denoising auto-encoder',
  description: 'Finds the digit again under noise as strong as the ink.',
  architecture: 'Auto-encoder',
  dataset: 'MNIST',
  expected: { metric: 'loss', split: 'test', atMost: 0.0135 },
  measured: { seconds: 62, values: [0.01315] },
  short: { steps: 40, factor: 1.5 },
  document: buildDocument({
    name: 'Denoising auto-encoder',
    epochs: 8,
    batchSize: 128,
    nodes: [
      { id: 'mnist', kind: 'mnist', at: [0, 0] },
      { id: 'flatten', kind: 'flatten', at: [1, 0] },
      { id: 'noise', kind: 'noise', params: { size: 784 }, at: [1, 1] },
      { id: 'noisy', kind: 'expression', params: { formula: 'a + 0.5 * b' }, title: 'Add noise', at: [2, 0] },
      { id: 'dense-1', kind: 'dense', params: { units: 512, activation: 'relu' }, at: [3, 0] },
      { id: 'code', kind: 'dense', params: { units: 128, activation: 'relu' }, title: 'Code', at: [4, 0] },
      { id: 'dense-2', kind: 'dense', params: { units: 512, activation: 'relu' }, at: [5, 0] },
      {
        id: 'pixels',
        kind: 'dense',
        params: { units: 784, activation: 'sigmoid' },
        title: 'Pixels',
        at: [6, 0],
      },
      { id: 'loss', kind: 'mean-squared-error', at: [7, 0] },
      { id: 'adam', kind: 'adam', at: [8, 0] },
    ],
    wires: [
      'mnist.image > flatten.x',
      'mnist.image > noise.like',
      'flatten.y > noisy.a',
      'noise.y > noisy.b',
      'noisy.y > dense-1.x',
      'dense-1.y > code.x',
      'code.y > dense-2.x',
      'dense-2.y > pixels.x',
      'pixels.y > loss.prediction',
      'flatten.y > loss.target',
      'loss.loss > adam.loss',
    ],
  }),
};
