import { z } from 'zod';
import { defineDataset } from '../defineNode.ts';
import { fileName, inferOwnData, pathParam, shareParams, shareTexts } from '../ownData.ts';

const side = z.int().min(1).max(1024).default(64);

/**
 * Pictures of a person's own, JPEG and PNG, in one size: float32 `[B, height, width, 1 or 3]`, and the class
 * that the name of their folder says, int32 `[B]`. Which classes and how many pictures there are is found
 * out by looking at the folder; folders called train, validation and test say the split.
 */
export const imageFolder = defineDataset({
  kind: 'image-folder',
  category: 'data',
  icon: 'images',
  text: {
    title: 'Image folder',
    description: 'Your own pictures, JPEG or PNG: a folder for each class.',
    params: {
      path: {
        label: 'Folder',
        help: 'With a folder in it for each class; without any, the pictures have no class.',
      },
      width: { label: 'Width', help: 'All pictures are brought to this size.' },
      height: { label: 'Height', help: 'All pictures are brought to this size.' },
      fit: {
        label: 'Fitting',
        options: { crop: 'Cut off what hangs over', pad: 'Leave black bars', stretch: 'Stretch' },
        help: 'What becomes of pictures of other proportions.',
      },
      colors: { label: 'Colours', options: { rgb: 'Red, green, blue', gray: 'Grey' } },
      normalize: {
        label: 'Normalise',
        options: { unit: '0 to 1', signed: '−1 to 1', standard: 'Mean 0, deviation 1' },
        help: 'Means and deviations are those of some pictures of the training part.',
      },
      ...shareTexts,
    },
    ports: { image: 'picture', label: 'class' },
    aliases: [
      'pictures',
      'photos',
      'jpeg',
      'jpg',
      'png',
      'own data',
      'folder',
      'imagefolder',
      'directory',
      'folder of images',
    ],
  },
  params: z.object({
    path: pathParam('folder'),
    width: side,
    height: side,
    fit: z.enum(['crop', 'pad', 'stretch']).default('crop'),
    colors: z.enum(['rgb', 'gray']).default('rgb'),
    normalize: z.enum(['unit', 'signed', 'standard']).default('unit'),
    ...shareParams,
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'image', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'image-folder',
  picks: { kind: 'folder', endings: ['.jpg', '.jpeg', '.jfif', '.png'] },
  infer: ({ facts, params: { path } }) => inferOwnData(facts, path),
  summary: ({ path, width, height, colors, validation, test }) => [
    path === '' ? 'no folder chosen' : `folder ${fileName(path)}`,
    `${height}×${width} ${colors} · ${Math.round(100 * validation)} % validation · ${Math.round(100 * test)} % test`,
  ],
  lesson: {
    summary:
      'A network wants all pictures in one size, and small ones: 64×64 are 16 times fewer numbers than 256×256, and often enough to tell things apart. Cutting keeps proportions and loses edges, bars keep all of it, stretching changes shapes. A few hundred pictures of each class are a beginning; where one class has many more than another, a network learns to guess the frequent one. Pictures that differ only a little, frames of one film for instance, should not be both in training and in test: give them folders train and test of their own.',
    references: [
      {
        title: 'Deng et al. 2009: ImageNet, a large-scale hierarchical image database',
        url: 'https://doi.org/10.1109/CVPR.2009.5206848',
      },
      { title: 'ITU-T T.81 (JPEG); W3C: Portable Network Graphics' },
    ],
  },
  examples: [
    {
      name: 'two classes in colour',
      inputs: {},
      params: { path: 'pets', width: 48, height: 32 },
      facts: {
        outputs: {
          image: {
            type: 'tensor',
            dtype: 'float32',
            shape: ['B', 32, 48, 3],
            meaning: { kind: 'image', range: [0, 1] },
          },
          label: {
            type: 'tensor',
            dtype: 'int32',
            shape: ['B'],
            meaning: { kind: 'class', labels: ['cat', 'dog'] },
          },
        },
        splits: { train: 140, validation: 30, test: 30 },
      },
      outputs: { image: [32, 48, 3], label: [] },
    },
    {
      name: 'grey pictures without classes',
      inputs: {},
      params: { path: 'faces', colors: 'gray', normalize: 'signed' },
      facts: {
        outputs: {
          image: {
            type: 'tensor',
            dtype: 'float32',
            shape: ['B', 64, 64, 1],
            meaning: { kind: 'image', range: [-1, 1] },
          },
        },
        splits: { train: 70, validation: 15, test: 15 },
      },
      outputs: { image: [64, 64, 1] },
    },
  ],
});
