import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';
import { bookCharacters } from '../vocabularies.ts';

/** Characters of the three parts: chapters 1–114, 115–121, 122–135. */
const LENGTHS = { train: 1_028_372, validation: 34_317, test: 127_628 } as const;

const windows = (characters: number, context: number, stride: number): number =>
  Math.floor((characters - 1 - context) / stride) + 1;

/**
 * Melville's novel as windows of characters: text and next, int32 `[B, context]`, where next is the
 * text one character on. The last tenth of the chapters is the test, seven before it the validation;
 * both in windows that do not overlap, so that every character counts once.
 */
export const mobyDick = defineDataset({
  kind: 'moby-dick',
  category: 'data',
  icon: 'book-open',
  text: {
    title: 'Moby Dick',
    description: 'The novel, character by character, for language models.',
    params: {
      context: { label: 'Context', help: 'Characters in a window.' },
      stride: { label: 'Stride', help: 'How far the next training window begins after the one before.' },
    },
    ports: { text: 'text', next: 'next characters' },
    aliases: ['language model', 'melville', 'text', 'characters', 'gpt', 'lstm'],
  },
  params: z.object({
    context: z.int().min(4).max(1024).default(64),
    stride: z.int().min(1).max(1024).default(32),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'text', type: 'tensor' },
      { id: 'next', type: 'tensor' },
    ],
  },
  loader: 'moby-dick',
  continuation: { text: 'text', next: 'next' },
  knownFacts({ context, stride }) {
    const tokens = {
      type: 'tensor' as const,
      dtype: 'int32' as const,
      shape: ['B', context],
      meaning: { kind: 'tokens' as const, vocabulary: bookCharacters },
    };
    return {
      outputs: { text: tokens, next: tokens },
      splits: {
        train: windows(LENGTHS.train, context, stride),
        validation: windows(LENGTHS.validation, context, context),
        test: windows(LENGTHS.test, context, context),
      },
    };
  },
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ context, stride }) => [
    `${context} characters`,
    `${formatCount(windows(LENGTHS.train, context, stride))} windows`,
  ],
  lesson: {
    summary:
      'A language model guesses the next character from those before. Guessing by frequency alone costs about 3.1 nats a character, a good model of this size under 1.6. Every position of a window is an example, so a batch of 16 windows of 64 characters has 1,024 of them.',
    references: [{ title: 'Melville 1851: Moby-Dick; or, The Whale' }],
  },
  examples: [
    { name: '64 characters', inputs: {}, params: {}, outputs: { text: [64], next: [64] } },
    {
      name: 'short windows',
      inputs: {},
      params: { context: 16, stride: 16 },
      outputs: { text: [16], next: [16] },
    },
  ],
});
