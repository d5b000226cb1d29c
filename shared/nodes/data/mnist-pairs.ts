import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';

const labels = ['different', 'same'];

/**
 * MNIST's digits two by two: first and second `[B, 28, 28, 1]` in [0, 1], and same int32 `[B]`, 1 where
 * both are of one class, which half of the pairs are. The pairs of the test are of the test images.
 */
export const mnistPairs = defineDataset({
  kind: 'mnist-pairs',
  category: 'data',
  icon: 'copy-check',
  text: {
    title: 'MNIST pairs',
    description: 'Handwritten digits two by two, to tell whether both are the same.',
    params: { samples: { label: 'Training pairs' }, seed: { label: 'Seed' } },
    ports: { first: 'one image', second: 'another image', same: 'same digit' },
    aliases: ['siamese', 'verification', 'metric learning', 'contrastive', 'digits'],
  },
  params: z.object({
    samples: z.int().min(50).max(500_000).default(60_000).meta({ step: 1000 }),
    seed: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'first', type: 'tensor' },
      { id: 'second', type: 'tensor' },
      { id: 'same', type: 'tensor' },
    ],
  },
  loader: 'mnist-pairs',
  knownFacts({ samples }) {
    const image = {
      type: 'tensor' as const,
      dtype: 'float32' as const,
      shape: ['B', 28, 28, 1],
      meaning: { kind: 'image' as const, range: [0, 1] as const },
    };
    return {
      outputs: {
        first: image,
        second: image,
        same: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
      },
      splits: { train: samples, validation: 5000, test: 10_000 },
    };
  },
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ samples }) => [`${formatCount(samples)} pairs`, 'half of one digit'],
  lesson: {
    summary:
      'Whether two signatures or faces are of one person cannot be learned person by person: there are too many, and new ones come. A network that is shown pairs learns what makes two alike instead. Digits stand for them here.',
    references: [
      {
        title: 'Bromley et al. 1993: Signature verification using a “Siamese” time delay neural network',
        url: 'https://doi.org/10.1142/S0218001493000339',
      },
      {
        title: 'Hadsell, Chopra and LeCun 2006: Dimensionality reduction by learning an invariant mapping',
        url: 'https://doi.org/10.1109/CVPR.2006.100',
      },
    ],
  },
  examples: [
    {
      name: 'as it is',
      inputs: {},
      params: {},
      outputs: { first: [28, 28, 1], second: [28, 28, 1], same: [] },
    },
    {
      name: 'few',
      inputs: {},
      params: { samples: 100, seed: 7 },
      outputs: { first: [28, 28, 1], second: [28, 28, 1], same: [] },
    },
  ],
});
