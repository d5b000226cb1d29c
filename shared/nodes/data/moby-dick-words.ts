import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { bookWords, WORD_PAIRS } from '../bookWords.ts';
import { defineDataset } from '../defineNode.ts';

const probes = { first: [WORD_PAIRS], second: [WORD_PAIRS], alike: [WORD_PAIRS] };

/**
 * Words of the novel with others that stand near them or do not: word int32 `[B]`, others int32
 * `[B, 1 + strangers]`, of which the first stands within the window and the rest are drawn at random,
 * and near float32 of the same shape: 1 for the first. The 2,000 commonest words; of very common ones most
 * are left out. Chapters 1–114, 115–121 and 122–135 are train, validation and test. Mikolov et al. 2013.
 * To judge vectors by, beside every batch: first and second int32 `[P]`, all pairs of some words of seven
 * kinds (numbers, the body, the ship, …), and alike int32 `[P]`, 1 where both are of one kind.
 */
export const mobyDickWords = defineDataset({
  kind: 'moby-dick-words',
  category: 'data',
  icon: 'book-open',
  text: {
    title: 'Moby Dick words',
    description: 'Words of the novel, each with one that stands near and some that do not.',
    params: {
      samples: { label: 'Training pairs' },
      window: { label: 'Window', help: 'How far off a near word may stand, in words.' },
      negatives: { label: 'Strangers', help: 'Words drawn at random beside each near one.' },
      seed: { label: 'Seed' },
    },
    ports: {
      word: 'word',
      others: 'other words',
      near: 'stands near',
      first: 'words of known kind',
      second: 'others of known kind',
      alike: 'of one kind',
    },
    aliases: ['word2vec', 'skip-gram', 'negative sampling', 'word vectors', 'melville', 'text'],
  },
  params: z.object({
    samples: z.int().min(50).max(2_000_000).default(1_000_000).meta({ step: 10_000 }),
    window: z.int().min(1).max(20).default(10),
    negatives: z.int().min(1).max(20).default(5),
    seed: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'word', type: 'tensor' },
      { id: 'others', type: 'tensor' },
      { id: 'near', type: 'tensor' },
      { id: 'first', type: 'tensor' },
      { id: 'second', type: 'tensor' },
      { id: 'alike', type: 'tensor' },
    ],
  },
  loader: 'moby-dick-words',
  knownFacts({ samples, negatives }) {
    const meaning = { kind: 'tokens' as const, vocabulary: bookWords };
    return {
      outputs: {
        word: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning },
        others: { type: 'tensor', dtype: 'int32', shape: ['B', 1 + negatives], meaning },
        near: { type: 'tensor', dtype: 'float32', shape: ['B', 1 + negatives] },
        first: { type: 'tensor', dtype: 'int32', shape: [WORD_PAIRS], meaning },
        second: { type: 'tensor', dtype: 'int32', shape: [WORD_PAIRS], meaning },
        alike: { type: 'tensor', dtype: 'int32', shape: [WORD_PAIRS] },
      },
      splits: { train: samples, validation: 5000, test: 20_000 },
    };
  },
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ samples, window, negatives }) => [
    `${formatCount(samples)} pairs`,
    `window ${window} · ${negatives} strangers`,
  ],
  lesson: {
    summary:
      'Words that are used alike stand beside the same words. Asked which of six words stands near another, a network gives words of like use like vectors. A novel is a small text for this: whalers and whales find each other, rare words do not.',
    references: [
      {
        title:
          'Mikolov et al. 2013: Distributed representations of words and phrases and their compositionality',
        url: 'https://arxiv.org/abs/1310.4546',
      },
    ],
  },
  examples: [
    { name: 'as it is', inputs: {}, params: {}, outputs: { word: [], others: [6], near: [6], ...probes } },
    {
      name: 'few',
      inputs: {},
      params: { samples: 100, window: 2, negatives: 3, seed: 7 },
      outputs: { word: [], others: [4], near: [4], ...probes },
    },
  ],
});
