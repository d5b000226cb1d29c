import { buildDocument, type TemplateBlock } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Cosines of pairs of rows, brought from −1 … 1 to 0 … 1. */
const likeness: TemplateBlock = {
  id: 'likeness',
  title: 'Likeness of pairs',
  description: 'Cosine of the vectors of two words; 1 where they point the same way.',
  nodes: [
    { id: 'direction', kind: 'l2-normalization', title: 'Direction', at: [0, 0] },
    { id: 'one', kind: 'gather', params: { table: 'shared' }, title: 'One word', at: [1, 0] },
    { id: 'other', kind: 'gather', params: { table: 'shared' }, title: 'The other', at: [1, 1] },
    { id: 'cosine', kind: 'einsum', params: { equation: 'pd,pd->p' }, title: 'Cosine', at: [2, 0] },
    { id: 'share', kind: 'expression', params: { formula: '(1 + a) / 2' }, title: '0 to 1', at: [3, 0] },
  ],
  wires: [
    'direction.y > one.x',
    'direction.y > other.x',
    'one.y > cosine.values',
    'other.y > cosine.values',
    'cosine.y > share.a',
  ],
  inputs: { table: 'direction.x', first: 'one.indices', second: 'other.indices' },
  outputs: { likeness: 'share.y' },
};

/**
 * Skip-gram with negative sampling (Mikolov et al. 2013). The figure is how often
 * two words of one kind are more alike than two of different kinds: vectors without a meaning give 0.5, how
 * near the words are in frequency 0.56.
 */
export const word2vec: Template = {
  id: 'word2vec',
  title: 'Word vectors of Moby Dick',
  description:
    'Tells a word’s neighbours from strangers, and so gives words that are used alike vectors that are alike.',
  architecture: 'Representation learning',
  dataset: 'Moby Dick',
  expected: { metric: 'auc', split: 'test', atLeast: 0.77 },
  measured: { seconds: 40, values: [0.8027] },
  short: { steps: 100, factor: 1.3 },
  document: buildDocument({
    name: 'Word vectors of Moby Dick',
    epochs: 4,
    batchSize: 1024,
    blocks: [likeness],
    nodes: [
      { id: 'novel', kind: 'moby-dick-words', at: [0, 0] },
      { id: 'vectors', kind: 'embedding', params: { units: 48 }, title: 'Word vectors', at: [1, 0] },
      { id: 'context', kind: 'embedding', params: { units: 48 }, title: 'Neighbour vectors', at: [1, 1] },
      {
        id: 'agreement',
        kind: 'einsum',
        params: { equation: 'bd,bnd->bn' },
        title: 'How well they agree',
        at: [2, 0],
      },
      { id: 'loss', kind: 'binary-cross-entropy', at: [3, 0] },
      { id: 'adam', kind: 'adam', params: { learningRate: 0.005, schedule: 'linear' }, at: [4, 0] },
      {
        id: 'likeness',
        kind: 'block',
        title: 'Likeness of pairs',
        params: { block: 'likeness' },
        at: [2, 2],
      },
      {
        id: 'auc',
        kind: 'auc',
        params: { input: 'probabilities' },
        title: 'Words of one kind are alike',
        at: [3, 2],
      },
    ],
    wires: [
      'novel.word > vectors.x',
      'novel.others > context.x',
      'vectors.y > agreement.values',
      'context.y > agreement.values',
      'agreement.y > loss.prediction',
      'novel.near > loss.target',
      'loss.loss > adam.loss',
      'vectors.table > likeness.table',
      'novel.first > likeness.first',
      'novel.second > likeness.second',
      'likeness.likeness > auc.prediction',
      'novel.alike > auc.labels',
    ],
  }),
};
