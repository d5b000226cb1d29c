import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Keyword recognition by a GRU that hears a spectrogram window by window, in both directions. */
export const speechGru: Template = {
  id: 'speech-gru',
  title: 'Spoken words by GRU',
  description: 'Hears which of ten words is said, in voices that it has never heard before.',
  architecture: 'Recurrent network',
  dataset: 'Spoken words',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.95 },
  measured: { seconds: 127, values: [0.9453] },
  short: { steps: 150, factor: 1.15 },
  document: buildDocument({
    name: 'Spoken words by GRU',
    epochs: 60,
    batchSize: 32,
    nodes: [
      { id: 'words', kind: 'spoken-words', at: [0, 0] },
      { id: 'noise', kind: 'gaussian-noise', params: { deviation: 0.1 }, at: [1, 0] },
      {
        id: 'sounds',
        kind: 'conv1d',
        params: { filters: 64, kernelSize: 5, strides: 1, padding: 'same', activation: 'relu' },
        title: 'Sounds',
        at: [2, 0],
      },
      {
        id: 'gru',
        kind: 'gru',
        params: { units: 96, bidirectional: true, returns: 'last' },
        at: [3, 0],
      },
      { id: 'dropout', kind: 'dropout', params: { rate: 0.5 }, at: [4, 0] },
      { id: 'logits', kind: 'dense', params: { units: 10 }, title: 'Scores', at: [5, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [6, 0] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.002, schedule: 'cosine' },
        at: [7, 0],
      },
      { id: 'accuracy', kind: 'accuracy', at: [6, 1] },
    ],
    wires: [
      'words.spectrogram > noise.x',
      'noise.y > sounds.x',
      'sounds.y > gru.x',
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
