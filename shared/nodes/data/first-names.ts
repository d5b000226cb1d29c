import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';
import { nameCharacters } from '../vocabularies.ts';

const LENGTH = 14;
const labels = ['female', 'male'];

/**
 * 7,984 English first names that are given to one sex only: name int32 `[B, 14]` (a to z, filled up
 * with padding), mask float32 `[B, 14]` (1 where there is a letter) and label `[B]`. 70 % train, 10 %
 * validation, 20 % test, drawn once and for all.
 */
export const firstNames = defineDataset({
  kind: 'first-names',
  category: 'data',
  icon: 'text',
  text: {
    title: 'First names',
    description: 'English first names, letter by letter, of women and of men.',
    params: { shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' } },
    ports: { name: 'name', mask: 'mask', label: 'label' },
    aliases: ['names', 'sequence', 'characters', 'classification'],
  },
  params: z.object({ shuffle: z.boolean().default(true) }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'name', type: 'tensor' },
      { id: 'mask', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'first-names',
  knownFacts: () => ({
    outputs: {
      name: {
        type: 'tensor',
        dtype: 'int32',
        shape: ['B', LENGTH],
        meaning: { kind: 'tokens', vocabulary: nameCharacters },
      },
      mask: { type: 'tensor', dtype: 'float32', shape: ['B', LENGTH], meaning: { kind: 'mask' } },
      label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
    },
    splits: { train: 5588, validation: 798, test: 1598 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ shuffle }) => ['7,984 names', shuffle ? 'shuffled' : 'in order'],
  lesson: {
    summary:
      'Names end differently for women and men, so the last letter alone is right for 78 of 100. A recurrent network reads the whole name and finds more. What it learns is a habit of English-speaking parents, not a rule.',
    references: [{ title: 'Kantrowitz 1994: Name corpus' }],
  },
  examples: [
    { name: 'shuffled', inputs: {}, params: {}, outputs: { name: [14], mask: [14], label: [] } },
    {
      name: 'in order',
      inputs: {},
      params: { shuffle: false },
      outputs: { name: [14], mask: [14], label: [] },
    },
  ],
});
