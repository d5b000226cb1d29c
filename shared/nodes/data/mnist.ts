import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';

const TRAINING_IMAGES = 60_000;
const TEST_IMAGES = 10_000;
const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * 70,000 handwritten digits, `[B, 28, 28, 1]` in [0, 1], with their classes `[B]`.
 * LeCun, Bottou, Bengio and Haffner 1998. The 10,000 test images are never trained on.
 */
export const mnist = defineDataset({
  kind: 'mnist',
  category: 'data',
  icon: 'database',
  text: {
    title: 'MNIST',
    description: '70 000 handwritten digits, 28×28, in ten classes.',
    params: {
      validation: {
        label: 'Validation images',
        help: 'Held out of the 60 000 training images to watch generalisation. With 0 all are trained on.',
      },
      shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' },
    },
    ports: { image: 'image', label: 'label' },
    aliases: ['digits', 'handwriting', 'lecun', 'dataset'],
  },
  params: z.object({
    validation: z
      .int()
      .min(0)
      .max(TRAINING_IMAGES - 1000)
      .default(5000)
      .meta({ step: 1000, unit: 'images' }),
    shuffle: z.boolean().default(true),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'image', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'mnist',
  knownFacts: ({ validation }) => ({
    outputs: {
      image: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', 28, 28, 1],
        meaning: { kind: 'image', range: [0, 1] },
      },
      label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
    },
    splits: { train: TRAINING_IMAGES - validation, validation, test: TEST_IMAGES },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ validation, shuffle }) => [
    `${formatCount(TRAINING_IMAGES - validation)} train · ${formatCount(validation)} validation`,
    shuffle ? 'shuffled' : 'in order',
  ],
  lesson: {
    summary:
      'Digits written by clerks and pupils, centred in 28×28 grey pixels: small enough to train on in seconds, and the classic first test of a network that sees. A linear layer is right about nine times of ten; convolutions come above 99 %. The test images are for the end, not for choosing.',
    references: [
      {
        title:
          'LeCun, Bottou, Bengio and Haffner 1998: Gradient-based learning applied to document recognition',
        url: 'https://doi.org/10.1109/5.726791',
      },
    ],
  },
  examples: [
    { name: 'default split', inputs: {}, params: {}, outputs: { image: [28, 28, 1], label: [] } },
    {
      name: 'all 60,000 for training',
      inputs: {},
      params: { validation: 0, shuffle: false },
      outputs: { image: [28, 28, 1], label: [] },
    },
  ],
});
