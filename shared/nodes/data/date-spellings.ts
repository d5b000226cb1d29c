import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';
import { isoDateCharacters, spelledDateCharacters } from '../vocabularies.ts';

const SOURCE_LENGTH = 28;
const TARGET_LENGTH = 10;

/**
 * Dates of 1900–2099 in sixteen spellings (“march 5th, 1987”, “5.3.1987”) with their ISO form: source int32
 * `[B, 28]`, its mask `[B, 28]`, target `[B, 10]`, and given `[B, 10]`: the target one character
 * back, which a decoder is told in training. Generated from the seed; no date is in two splits.
 */
export const dateSpellings = defineDataset({
  kind: 'date-spellings',
  category: 'data',
  icon: 'calendar',
  text: {
    title: 'Date spellings',
    description: 'Dates as people write them, and their ISO form: a small translation task.',
    params: {
      samples: { label: 'Training samples' },
      seed: { label: 'Seed' },
    },
    ports: { source: 'spelling', mask: 'mask', given: 'given so far', target: 'ISO date' },
    aliases: ['translation', 'seq2seq', 'encoder', 'decoder', 'attention'],
  },
  params: z.object({
    samples: z.int().min(100).max(200_000).default(20_000).meta({ step: 1000 }),
    seed: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'source', type: 'tensor' },
      { id: 'mask', type: 'tensor' },
      { id: 'given', type: 'tensor' },
      { id: 'target', type: 'tensor' },
    ],
  },
  loader: 'date-spellings',
  knownFacts({ samples }) {
    const tokens = (length: number, vocabulary: readonly string[]) => ({
      type: 'tensor' as const,
      dtype: 'int32' as const,
      shape: ['B', length],
      meaning: { kind: 'tokens' as const, vocabulary },
    });
    return {
      outputs: {
        source: tokens(SOURCE_LENGTH, spelledDateCharacters),
        mask: { type: 'tensor', dtype: 'float32', shape: ['B', SOURCE_LENGTH], meaning: { kind: 'mask' } },
        given: tokens(TARGET_LENGTH, isoDateCharacters),
        target: tokens(TARGET_LENGTH, isoDateCharacters),
      },
      splits: { train: samples, validation: 500, test: 1000 },
    };
  },
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ samples }) => [`${formatCount(samples)} dates`, 'sixteen spellings'],
  lesson: {
    summary:
      'Input and output have different lengths and another order, as in translation: the year may stand last and must be written first. The decoder is told the right characters so far in training (teacher forcing). Where it gets every character right in that way it also does by itself, since what it is told is then what it wrote.',
    references: [
      {
        title: 'Sutskever, Vinyals and Le 2014: Sequence to sequence learning',
        url: 'https://arxiv.org/abs/1409.3215',
      },
    ],
  },
  examples: [
    {
      name: 'as it is',
      inputs: {},
      params: {},
      outputs: { source: [28], mask: [28], given: [10], target: [10] },
    },
    {
      name: 'few',
      inputs: {},
      params: { samples: 500, seed: 3 },
      outputs: { source: [28], mask: [28], given: [10], target: [10] },
    },
  ],
});
