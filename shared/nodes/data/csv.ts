import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';
import { fileName, inferOwnData, pathParam, shareParams, shareTexts } from '../ownData.ts';

const names = z.array(z.string().min(1).max(500)).max(10_000).default([]).meta({ separator: ',' });
const labels = ['no', 'yes'];

/**
 * A table of a person's own, CSV or the like: features `[B, F]` (numbers as they are or normalised,
 * categories one-hot), for each target that is a class its index int32 `[B]`, and the targets that are
 * numbers together `[B, K]`. Columns, classes and sizes are found out by looking at the file.
 */
export const csv = defineDataset({
  kind: 'csv',
  category: 'data',
  icon: 'table-2',
  text: {
    title: 'CSV file',
    description: 'Your own table: numbers and categories in columns, to predict one or several of them.',
    params: {
      path: { label: 'File', help: 'Comma, semicolon or tab between the columns.' },
      target: {
        label: 'Targets',
        help: 'Columns to predict, with commas between them; empty: the last one, or one called class, label or target.',
      },
      ignore: {
        label: 'Left out',
        help: 'Columns that the network shall not see, with commas between them.',
      },
      numbers: {
        label: 'Taken as numbers',
        help: 'Columns whose type was found wrong, with commas between them.',
      },
      categories: { label: 'Taken as categories', help: 'Codes that look like numbers, for instance.' },
      missing: {
        label: 'Missing values',
        help: 'Means and most frequent categories are those of the training part.',
        options: { refuse: 'Refuse', mean: 'Fill with the mean', drop: 'Leave the row out' },
      },
      normalize: {
        label: 'Normalise numbers',
        help: 'By what the training part has, and the same for all.',
        options: { standard: 'Mean 0, deviation 1', range: 'Range 0 to 1', none: 'As they are' },
      },
      scaleTargets: {
        label: 'Normalise targets',
        help: 'Targets that are numbers in deviations from their mean.',
      },
      split: {
        label: 'Split',
        options: { shuffle: 'Drawn by the seed', order: 'In file order', column: 'Said by a column' },
        help: 'Drawn: each class in its share. In order: the end is held out, as for series.',
      },
      splitColumn: { label: 'Split column', help: 'Its cells say train, validation or test.' },
      ...shareTexts,
      delimiter: {
        label: 'Delimiter',
        options: {
          auto: 'Found out',
          comma: 'Comma',
          semicolon: 'Semicolon',
          tab: 'Tab',
          pipe: 'Bar',
          space: 'Space',
        },
      },
      quote: {
        label: 'Quotes',
        options: { auto: 'Found out', double: 'Double', single: 'Single', none: 'None' },
      },
      header: {
        label: 'Header',
        help: 'Whether the first row names the columns.',
        options: { auto: 'Found out', yes: 'Yes', no: 'No' },
      },
    },
    ports: {
      features: 'features',
      label: 'class',
      values: 'target numbers',
      label2: 'second class',
      label3: 'third class',
    },
    aliases: ['table', 'tsv', 'spreadsheet', 'excel', 'own data', 'tabular', 'file', 'columns'],
  },
  params: z.object({
    path: pathParam('file'),
    target: names,
    ignore: names,
    numbers: names,
    categories: names,
    missing: z.enum(['refuse', 'mean', 'drop']).default('refuse'),
    normalize: z.enum(['standard', 'range', 'none']).default('standard'),
    scaleTargets: z.boolean().default(false),
    split: z.enum(['shuffle', 'order', 'column']).default('shuffle'),
    splitColumn: z.string().max(500).default(''),
    ...shareParams,
    delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab', 'pipe', 'space']).default('auto'),
    quote: z.enum(['auto', 'double', 'single', 'none']).default('auto'),
    header: z.enum(['auto', 'yes', 'no']).default('auto'),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'features', type: 'tensor' },
      { id: 'label', type: 'tensor' },
      { id: 'values', type: 'tensor' },
      { id: 'label2', type: 'tensor' },
      { id: 'label3', type: 'tensor' },
    ],
  },
  loader: 'csv',
  picks: { kind: 'file', endings: ['.csv', '.tsv', '.tab', '.txt', '.data'] },
  infer: ({ facts, params: { path } }) => inferOwnData(facts, path),
  summary: ({ path, target, split, validation, test }) => [
    path === '' ? 'no file chosen' : fileName(path),
    [
      ...(target.length > 0 ? [`predicts ${target.join(', ')}`] : []),
      split === 'column'
        ? 'split by column'
        : `${Math.round(100 * validation)} % validation · ${Math.round(100 * test)} % test`,
    ].join(' · '),
  ],
  lesson: {
    summary:
      'Most data of the world lies in tables. What a column means decides how a network may see it: a number is brought to mean 0 and deviation 1, a category becomes a row with a single 1, free text is left out. Means and deviations are taken from the training part alone, for the test must not leak into what is trained.',
    references: [
      { title: 'Hastie, Tibshirani and Friedman 2009: The elements of statistical learning, chapter 7.10.2' },
      {
        title: 'RFC 4180: Common format for comma-separated values',
        url: 'https://www.rfc-editor.org/rfc/rfc4180',
      },
    ],
  },
  examples: [
    {
      name: 'one class to predict',
      inputs: {},
      params: { path: 'flowers.csv' },
      facts: {
        outputs: {
          features: { type: 'tensor', dtype: 'float32', shape: ['B', 4], meaning: { kind: 'features' } },
          label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
        },
        splits: { train: 70, validation: 15, test: 15 },
      },
      outputs: { features: [4], label: [] },
    },
    {
      name: 'two numbers to predict',
      inputs: {},
      params: { path: 'houses.csv', target: ['price', 'rent'] },
      facts: {
        outputs: {
          features: { type: 'tensor', dtype: 'float32', shape: ['B', 9], meaning: { kind: 'features' } },
          values: {
            type: 'tensor',
            dtype: 'float32',
            shape: ['B', 2],
            meaning: { kind: 'features', names: ['price', 'rent'] },
          },
        },
        splits: { train: 700, validation: 150, test: 150 },
      },
      outputs: { features: [9], values: [2] },
    },
  ],
});
