import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';

const labels = ['setosa', 'versicolor', 'virginica'];
const names = ['sepal length', 'sepal width', 'petal length', 'petal width'];

/**
 * 150 iris flowers of three species by four measures (Anderson 1935; Fisher 1936): features `[B, 4]`,
 * brought to mean 0 and deviation 1 of the training part, and species `[B]`. Of each species 30 are
 * for training, 10 for validation and 10 for the test, always the same.
 */
export const iris = defineDataset({
  kind: 'iris',
  category: 'data',
  icon: 'database',
  text: {
    title: 'Iris',
    description: '150 flowers of three species, each by four measures.',
    params: { shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' } },
    ports: { features: 'measures', label: 'species' },
    aliases: ['flowers', 'fisher', 'tabular', 'classification'],
  },
  params: z.object({ shuffle: z.boolean().default(true) }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'features', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'iris',
  knownFacts: () => ({
    outputs: {
      features: { type: 'tensor', dtype: 'float32', shape: ['B', 4], meaning: { kind: 'features', names } },
      label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
    },
    splits: { train: 90, validation: 30, test: 30 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ shuffle }) => ['90 train · 30 validation', shuffle ? 'shuffled' : 'in order'],
  lesson: {
    summary:
      'The oldest data set in use: Fisher separated the species by straight lines. One species stands apart, the two others overlap a little, so that a few flowers cannot be told apart by these measures. With 30 test flowers each mistake is 3.3 points of accuracy.',
    references: [
      {
        title: 'Fisher 1936: The use of multiple measurements in taxonomic problems',
        url: 'https://doi.org/10.1111/j.1469-1809.1936.tb02137.x',
      },
    ],
  },
  examples: [
    { name: 'shuffled', inputs: {}, params: {}, outputs: { features: [4], label: [] } },
    { name: 'in order', inputs: {}, params: { shuffle: false }, outputs: { features: [4], label: [] } },
  ],
});
