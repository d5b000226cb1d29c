import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';

/** Quarters of a year from 1749 to 2008, and those before the first of the validation and of the test. */
const QUARTERS = { all: 1040, training: 740, beforeTest: 836 } as const;

/** Numbers come in hundreds of spots, so that they are near 1. */
const HUNDREDS = { shift: [0], scale: [100] } as const;

/**
 * Sunspots of 260 years: past `[B, context, 1]`, the mean counts of as many quarters in hundreds, and future
 * `[B, horizon]`, those that follow. What is to be forecast lies before 1934 in training, from 1934 to
 * 1957 in the validation, from 1958 in the test; a window begins in every quarter.
 */
export const sunspots = defineDataset({
  kind: 'sunspots',
  category: 'data',
  icon: 'chart-spline',
  text: {
    title: 'Sunspots',
    description: 'Sunspot numbers since 1749: quarters past, and those to be forecast.',
    params: {
      context: { label: 'Past', help: 'Quarters that are given; 44 are a cycle of the sun.' },
      horizon: { label: 'Future', help: 'Quarters that are asked for.' },
      shuffle: { label: 'Shuffle', help: 'A new order in each epoch.' },
    },
    ports: { past: 'past', future: 'future' },
    aliases: ['time series', 'forecast', 'regression', 'solar', 'weather'],
  },
  params: z.object({
    context: z.int().min(1).max(200).default(48),
    horizon: z.int().min(1).max(44).default(8),
    shuffle: z.boolean().default(true),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'past', type: 'tensor' },
      { id: 'future', type: 'tensor' },
    ],
  },
  loader: 'sunspots',
  knownFacts: ({ context, horizon }) => ({
    outputs: {
      past: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', context, 1],
        meaning: { kind: 'series', units: HUNDREDS },
      },
      future: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', horizon],
        meaning: { kind: 'series', units: HUNDREDS },
      },
    },
    splits: {
      train: QUARTERS.training - context - horizon + 1,
      validation: QUARTERS.beforeTest - QUARTERS.training - horizon + 1,
      test: QUARTERS.all - QUARTERS.beforeTest - horizon + 1,
    },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ context, horizon }) => [`${context} quarters → ${horizon}`, '1749 to 2008'],
  lesson: {
    summary:
      'Spots on the sun come and go in cycles of about eleven years, of which none is like another. A forecast has to beat two that cost nothing: that all stays as it is (persistence), and that what was a cycle ago comes back. The test lies after the training in time, as the future does.',
    references: [
      {
        title: 'National Geophysical Data Center: monthly mean sunspot numbers',
        url: 'https://www.ngdc.noaa.gov/stp/solar/ssndata.html',
      },
      {
        title: 'Yule 1927: On a method of investigating periodicities in disturbed series',
        url: 'https://doi.org/10.1098/rsta.1927.0007',
      },
    ],
  },
  examples: [
    { name: 'two years ahead', inputs: {}, params: {}, outputs: { past: [48, 1], future: [8] } },
    {
      name: 'the next quarter',
      inputs: {},
      params: { context: 12, horizon: 1 },
      outputs: { past: [12, 1], future: [1] },
    },
  ],
});
