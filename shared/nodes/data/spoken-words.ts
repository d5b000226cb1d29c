import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';
import { spokenWords as words } from '../vocabularies.ts';

const FRAMES = 40;
const BANDS = 24;

/**
 * Ten words spoken by a synthesiser in 63 voices under noise, as spectrograms: spectrogram `[B, 40, 24]`,
 * 40 windows of 46 ms, one every 25 ms, by 24 bands from 100 to 7,000 Hz (mel scale); 1 is the loudest
 * of the recording, 0 six decades below. word int32 `[B]`. The test has eight voices that are in no
 * other split, the validation four.
 */
export const spokenWords = defineDataset({
  kind: 'spoken-words',
  category: 'data',
  icon: 'audio-lines',
  text: {
    title: 'Spoken words',
    description: 'Ten words in many synthetic voices, as spectrograms.',
    params: { shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' } },
    ports: { spectrogram: 'spectrogram', word: 'word' },
    aliases: ['speech', 'audio', 'keyword spotting', 'sound', 'mel', 'spectrogram'],
  },
  params: z.object({ shuffle: z.boolean().default(true) }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'spectrogram', type: 'tensor' },
      { id: 'word', type: 'tensor' },
    ],
  },
  loader: 'spoken-words',
  knownFacts: () => ({
    outputs: {
      spectrogram: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', FRAMES, BANDS],
        meaning: { kind: 'series' },
      },
      word: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels: words } },
    },
    splits: { train: 2550, validation: 240, test: 640 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ shuffle }) => ['3,430 recordings · 10 words', shuffle ? 'shuffled' : 'in order'],
  lesson: {
    summary:
      'A spectrogram shows which tones are loud when: vowels are stacks of bars, an s is a cloud high up. The bands are narrow where the ear is exact. Voices, speeds and pitches differ, so only what they have in common makes a word. A synthesiser is easier to understand than people are.',
    references: [
      {
        title: 'Warden 2018: Speech commands (recordings of people for the same task)',
        url: 'https://arxiv.org/abs/1804.03209',
      },
    ],
  },
  examples: [
    {
      name: 'shuffled',
      inputs: {},
      params: {},
      outputs: { spectrogram: [FRAMES, BANDS], word: [] },
    },
    {
      name: 'in order',
      inputs: {},
      params: { shuffle: false },
      outputs: { spectrogram: [FRAMES, BANDS], word: [] },
    },
  ],
});
