import { bertBody, bertLayer, bertWires } from './bertParts.ts';
import { buildDocument } from './buildDocument.ts';
import type { Template } from './template.ts';

/**
 * Fine-tuning of BERT (Devlin et al. 2019): from 400 labelled sentences, with the weights of `bert-pretrain`
 * to start from. What the words of a sentence
 * have become is added up. From scratch the same net reaches 72.4 %.
 */
export const bertSentences: Template = {
  id: 'bert-sentences',
  title: 'BERT: when was it said?',
  description:
    'Tells old speeches from new ones after 400 sentences; starts from the weights of “guess the hidden word”.',
  architecture: 'Transformer',
  dataset: 'Speeches',
  expected: { metric: 'accuracy', split: 'test', atLeast: 0.76 },
  measured: { seconds: 12, values: [0.7715] },
  startsFrom: 'bert-pretrain',
  short: { steps: 30, factor: 1.2 },
  document: buildDocument({
    name: 'BERT: when was it said?',
    epochs: 15,
    batchSize: 32,
    blocks: [bertLayer],
    nodes: [
      { id: 'speeches', kind: 'speeches', params: { labelled: 400 }, at: [0, 0] },
      ...bertBody,
      {
        id: 'sentence',
        kind: 'einsum',
        params: { equation: 'btd,bt->bd' },
        title: 'Sum of its words',
        at: [6, 0],
      },
      { id: 'sentence-norm', kind: 'layer-normalization', at: [7, 0] },
      { id: 'era', kind: 'dense', params: { units: 2 }, title: 'Old or new', at: [0, 1] },
      { id: 'loss', kind: 'softmax-cross-entropy', at: [1, 1] },
      {
        id: 'adam',
        kind: 'adam',
        params: { learningRate: 0.001, schedule: 'linear', warmup: 20 },
        at: [2, 1],
      },
      { id: 'accuracy', kind: 'accuracy', at: [1, 2] },
    ],
    wires: [
      'speeches.words > word-vectors.x',
      ...bertWires,
      'norm.y > sentence.values',
      'speeches.mask > sentence.values',
      'sentence.y > sentence-norm.x',
      'sentence-norm.y > era.x',
      'era.y > loss.logits',
      'speeches.label > loss.labels',
      'loss.loss > adam.loss',
      'era.y > accuracy.prediction',
      'speeches.label > accuracy.labels',
    ],
  }),
};
