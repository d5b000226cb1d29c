import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';

const SIZE = 128;
const picture = {
  type: 'tensor',
  dtype: 'float32',
  shape: [1, SIZE, SIZE, 3],
  meaning: { kind: 'image', range: [0, 1] },
} as const;

/**
 * Two pictures for style transfer, each `[1, 128, 128, 3]` in [0, 1]: a photograph of a cat, and short
 * strokes along whirls, painted by a program. Every batch is given the same two.
 */
export const stylePictures = defineDataset({
  kind: 'style-pictures',
  category: 'data',
  icon: 'palette',
  text: {
    title: 'Picture and style',
    description: 'A photograph and a painting: what to show, and how.',
    params: {},
    ports: { content: 'content', style: 'style' },
    aliases: ['style transfer', 'photo', 'painting', 'neural style', 'gatys'],
  },
  params: z.object({}),
  ports: {
    inputs: [],
    outputs: [
      { id: 'content', type: 'tensor' },
      { id: 'style', type: 'tensor' },
    ],
  },
  loader: 'style-pictures',
  knownFacts: () => ({
    outputs: { content: picture, style: picture },
    splits: { train: 1, validation: 1, test: 1 },
    sameInEveryBatch: true,
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: () => ['a photograph and a painting', '128×128'],
  lesson: {
    summary:
      'Style transfer takes two pictures: one says what is to be seen, the other how it is painted. Here the content is a photograph of a cat, and the style short strokes that a program has painted along whirls. Every batch is given the same two, whatever its size.',
    references: [
      {
        title: 'Gatys, Ecker and Bethge 2016: Image style transfer using convolutional neural networks',
        url: 'https://arxiv.org/abs/1508.06576',
      },
    ],
  },
  examples: [
    {
      name: 'as they are',
      inputs: {},
      params: {},
      outputs: { content: [1, SIZE, SIZE, 3], style: [1, SIZE, SIZE, 3] },
    },
    {
      name: 'beside other data',
      inputs: {},
      params: {},
      outputs: { content: [1, SIZE, SIZE, 3], style: [1, SIZE, SIZE, 3] },
    },
  ],
});
