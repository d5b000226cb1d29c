import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';
import { speechWords } from '../speechWords.ts';

const LENGTH = 32;
const TRAIN = 26_198;
const labels = ['1790–1912', '1913–2021'];

/**
 * Sentences of 12 to 32 words and stops out of the State of the Union addresses: words int32 `[B, 32]` (the
 * 1,997 commonest), mask float32 `[B, 32]` (1 where there is a word) and label `[B]`, whether it was
 * written before 1913, when the presidents began to speak to Congress themselves. Of ten addresses in a row one is for validation and
 * one for the test.
 */
export const speeches = defineDataset({
  kind: 'speeches',
  category: 'data',
  icon: 'book-open',
  text: {
    title: 'Speeches',
    description: 'Sentences of American presidents from 1790 to 2021, word by word.',
    params: {
      labelled: {
        label: 'Sentences',
        help: 'How many of the training sentences there are, as many old as new; 0 takes all.',
      },
      shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' },
    },
    ports: { words: 'words', mask: 'mask', label: 'label' },
    aliases: ['text', 'sentences', 'bert', 'classification', 'state of the union', 'presidents'],
  },
  params: z.object({
    labelled: z.int().min(0).max(20_000).default(0).meta({ step: 100 }),
    shuffle: z.boolean().default(true),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'words', type: 'tensor' },
      { id: 'mask', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'speeches',
  knownFacts: ({ labelled }) => ({
    outputs: {
      words: {
        type: 'tensor',
        dtype: 'int32',
        shape: ['B', LENGTH],
        meaning: { kind: 'tokens', vocabulary: speechWords },
      },
      mask: { type: 'tensor', dtype: 'float32', shape: ['B', LENGTH], meaning: { kind: 'mask' } },
      label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
    },
    splits: { train: labelled === 0 ? TRAIN : 2 * Math.ceil(labelled / 2), validation: 2977, test: 3204 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ labelled }) => [
    labelled === 0 ? `${formatCount(TRAIN)} sentences` : `${formatCount(labelled)} sentences`,
    'old or new',
  ],
  lesson: {
    summary:
      'What a president says tells when he said it: of treaties and the tariff, or of jobs and programs. Counting words alone (naive Bayes) is right for 79 of 100 sentences after 400 examples and for 86 after 26,000. Unlabelled sentences help as well, once a network has learnt from them to guess words.',
    references: [
      { title: 'Presidents of the United States 1790–2021: State of the Union addresses' },
      {
        title: 'Devlin et al. 2019: BERT: pre-training of deep bidirectional transformers',
        url: 'https://arxiv.org/abs/1810.04805',
      },
    ],
  },
  examples: [
    { name: 'all', inputs: {}, params: {}, outputs: { words: [32], mask: [32], label: [] } },
    {
      name: 'few',
      inputs: {},
      params: { labelled: 400, shuffle: false },
      outputs: { words: [32], mask: [32], label: [] },
    },
  ],
});
