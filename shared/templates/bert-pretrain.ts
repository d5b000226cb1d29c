import { bertBody, bertLayer, bertWires } from './bertParts.ts';
import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/**
 * Masked words as in BERT (Devlin et al. 2019), at the size of a lecture: 2 layers, 64 wide. The figure is the
 * cross-entropy of a hidden word in nats; guessing by frequency alone costs 5.6.
 */
export const bertPretrain: Template = {
  id: 'bert-pretrain',
  title: 'BERT: guess the hidden word',
  description: 'Learns from 26,000 sentences without labels what words go together.',
  architecture: 'Transformer',
  dataset: 'Speeches',
  expected: { metric: 'loss', split: 'test', atMost: 4.4 },
  measured: { seconds: 103, values: [4.334] },
  short: { steps: 20, factor: 1.03 },
  document: buildDocument({
    name: 'BERT: guess the hidden word',
    epochs: 5,
    batchSize: 128,
    blocks: [bertLayer],
    nodes: [
      { id: 'speeches', kind: 'speeches', at: [0, 0] },
      { id: 'hidden', kind: 'mask-tokens', title: 'Hide words', at: [1, 0] },
      ...bertBody,
      { id: 'guess', kind: 'dense', params: { units: 2000 }, title: 'Scores of words', at: [6, 0] },
      { id: 'loss', kind: 'softmax-cross-entropy', title: 'Hidden words', at: [7, 0] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.003, schedule: 'linear', warmup: 100 },
        at: [8, 0],
      },
      { id: 'accuracy', kind: 'accuracy', title: 'Words guessed', at: [7, 1] },
    ],
    wires: [
      'speeches.words > hidden.x',
      'speeches.mask > hidden.mask',
      'hidden.y > word-vectors.x',
      ...bertWires,
      'norm.y > guess.x',
      'guess.y > loss.logits',
      'speeches.words > loss.labels',
      'hidden.chosen > loss.weights',
      'loss.loss > adam.loss',
      'guess.y > accuracy.prediction',
      'speeches.words > accuracy.labels',
      'hidden.chosen > accuracy.weights',
    ],
  }),
};
