import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * MNIST with few training images: the first so many of each digit of its training images, the last 1,000 of
 * those for validation, and all 10,000 test images. `[B, 28, 28, 1]` in [0, 1], classes `[B]`.
 */
export const mnistFew = defineDataset({
  kind: 'mnist-few',
  category: 'data',
  icon: 'database',
  text: {
    title: 'MNIST, few images',
    description: 'MNIST with only some training images of each digit.',
    params: {
      perClass: { label: 'Images of each digit', help: 'To train on; the test is all of MNIST’s.' },
      repeat: {
        label: 'Repeat',
        help: 'Times that each training image comes in an epoch, so that epochs are not over at once.',
      },
      shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' },
    },
    ports: { image: 'image', label: 'label' },
    aliases: ['mnist', 'few shot', 'small data', 'augmentation', 'semi-supervised'],
  },
  params: z.object({
    perClass: z.int().min(1).max(4800).default(20),
    repeat: z.int().min(1).max(1000).default(1),
    shuffle: z.boolean().default(true),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'image', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'mnist-few',
  knownFacts: ({ perClass, repeat }) => ({
    outputs: {
      image: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', 28, 28, 1],
        meaning: { kind: 'image', range: [0, 1] },
      },
      label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
    },
    splits: { train: 10 * perClass * repeat, validation: 1000, test: 10_000 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ perClass, repeat }) => [
    `${formatCount(10 * perClass)} train${repeat === 1 ? '' : ` · ×${repeat}`}`,
    `${perClass} of each digit`,
  ],
  lesson: {
    summary:
      'Most people who want to train a network have hundreds of samples, not sixty thousand. With 20 images of each digit a network knows them by heart at once, and what decides is how it was kept from doing so: fewer weights, dropout, changed copies, made images.',
    references: [
      {
        title:
          'LeCun, Bottou, Bengio and Haffner 1998: Gradient-based learning applied to document recognition',
        url: 'https://doi.org/10.1109/5.726791',
      },
    ],
  },
  examples: [
    { name: '20 of each', inputs: {}, params: {}, outputs: { image: [28, 28, 1], label: [] } },
    {
      name: '100 of each, in order',
      inputs: {},
      params: { perClass: 100, repeat: 3, shuffle: false },
      outputs: { image: [28, 28, 1], label: [] },
    },
  ],
});
