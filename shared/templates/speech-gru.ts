import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

const sees = { kernelSize: [3, 3], activation: 'relu' };

/**
 * Keyword recognition: two convolutions find what happens where in a spectrogram, and a GRU reads it in both
 * directions. Words come a little earlier or later, and higher or lower, in each epoch: that is how new voices differ.
 */
export const speechGru: Template = {
  id: 'speech-gru',
  title: 'Spoken words by GRU',
  description: 'Hears which of ten words is said, in voices that it has never heard before.',
  architecture: 'Recurrent network',
  dataset: 'Spoken words',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.95 },
  measured: { seconds: 123, values: [0.975] },
  short: { steps: 150, factor: 1.08 },
  document: buildDocument({
    name: 'Spoken words by GRU',
    epochs: 60,
    batchSize: 32,
    nodes: [
      { id: 'words', kind: 'spoken-words', at: [0, 0] },
      { id: 'picture', kind: 'reshape', params: { shape: [40, 24, 1] }, title: 'As a picture', at: [1, 0] },
      {
        id: 'shifted',
        kind: 'random-affine',
        params: { degrees: 0, scale: 1.1, shift: 2 },
        title: 'Earlier, later, higher, lower',
        at: [2, 0],
      },
      { id: 'noise', kind: 'gaussian-noise', params: { deviation: 0.1 }, at: [3, 0] },
      { id: 'edges', kind: 'conv2d', params: { ...sees, filters: 16 }, title: 'Edges', at: [4, 0] },
      { id: 'pool', kind: 'max-pool2d', at: [5, 0] },
      { id: 'sounds', kind: 'conv2d', params: { ...sees, filters: 32 }, title: 'Sounds', at: [6, 0] },
      {
        id: 'pool-bands',
        kind: 'max-pool2d',
        params: { poolSize: [1, 2], strides: [1, 2] },
        title: 'Fewer bands',
        at: [7, 0],
      },
      { id: 'steps', kind: 'reshape', params: { shape: [20, 192] }, title: 'Step by step', at: [0, 1] },
      {
        id: 'narrow',
        kind: 'conv1d',
        params: { filters: 64, kernelSize: 3, strides: 1, padding: 'same', activation: 'relu' },
        title: 'Narrow',
        at: [1, 1],
      },
      { id: 'dropout-sounds', kind: 'dropout', params: { rate: 0.2 }, at: [2, 1] },
      {
        id: 'gru',
        kind: 'gru',
        params: { units: 96, bidirectional: true, returns: 'last' },
        at: [3, 1],
      },
      { id: 'dropout', kind: 'dropout', params: { rate: 0.5 }, at: [4, 1] },
      { id: 'logits', kind: 'dense', params: { units: 10 }, title: 'Scores', at: [5, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [6, 1] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.002, schedule: 'cosine' },
        at: [7, 1],
      },
      { id: 'accuracy', kind: 'accuracy', at: [6, 2] },
    ],
    wires: [
      'words.spectrogram > picture.x',
      'picture.y > shifted.x',
      'shifted.y > noise.x',
      'noise.y > edges.x',
      'edges.y > pool.x',
      'pool.y > sounds.x',
      'sounds.y > pool-bands.x',
      'pool-bands.y > steps.x',
      'steps.y > narrow.x',
      'narrow.y > dropout-sounds.x',
      'dropout-sounds.y > gru.x',
      'gru.y > dropout.x',
      'dropout.y > logits.x',
      'logits.y > loss.logits',
      'words.word > loss.labels',
      'loss.loss > adam.loss',
      'logits.y > accuracy.prediction',
      'words.word > accuracy.labels',
    ],
  }),
};
