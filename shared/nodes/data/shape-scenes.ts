import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';

const SIZE = 48;
const GRID = 6;
const labels = ['background', 'disc', 'square', 'triangle'];

/**
 * Pictures of one to three shapes that do not touch, on a noisy ground: image `[B, 48, 48, 3]` in
 * [0, 1], the class of each pixel int32 `[B, 48, 48]`, and for detection, on a grid of 6 × 6 cells of
 * 8 pixels, the class of the shape whose centre lies in the cell (0 for none) int32 `[B, 6, 6]` with
 * its box `[B, 6, 6, 4]`: offset of the centre from the middle of the cell, in cells, and width and
 * height, in pictures. Generated from the seed.
 */
export const shapeScenes = defineDataset({
  kind: 'shape-scenes',
  category: 'data',
  icon: 'shapes',
  text: {
    title: 'Shape scenes',
    description:
      'Generated pictures of discs, squares and triangles, with the class of every pixel and boxes.',
    params: { samples: { label: 'Training pictures' }, seed: { label: 'Seed' } },
    ports: { image: 'picture', pixels: 'class of each pixel', cells: 'class of each cell', boxes: 'boxes' },
    aliases: ['segmentation', 'detection', 'u-net', 'synthetic'],
  },
  params: z.object({
    samples: z.int().min(50).max(50_000).default(2000).meta({ step: 100 }),
    seed: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'image', type: 'tensor' },
      { id: 'pixels', type: 'tensor' },
      { id: 'cells', type: 'tensor' },
      { id: 'boxes', type: 'tensor' },
    ],
  },
  loader: 'shape-scenes',
  knownFacts: ({ samples }) => ({
    outputs: {
      image: {
        type: 'tensor',
        dtype: 'float32',
        shape: ['B', SIZE, SIZE, 3],
        meaning: { kind: 'image', range: [0, 1] },
      },
      pixels: {
        type: 'tensor',
        dtype: 'int32',
        shape: ['B', SIZE, SIZE],
        meaning: { kind: 'class', labels },
      },
      cells: { type: 'tensor', dtype: 'int32', shape: ['B', GRID, GRID], meaning: { kind: 'class', labels } },
      boxes: { type: 'tensor', dtype: 'float32', shape: ['B', GRID, GRID, 4] },
    },
    splits: { train: samples, validation: 200, test: 400 },
  }),
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ samples }) => [`${formatCount(samples)} pictures`, '48×48 · three shapes'],
  lesson: {
    summary:
      'A small world in which every pixel is known, so that segmentation and detection can be tried in minutes. Colours are drawn without regard to the shape: a network has to look at outlines.',
    references: [
      {
        title: 'Redmon et al. 2016: You only look once (one answer per cell)',
        url: 'https://arxiv.org/abs/1506.02640',
      },
    ],
  },
  examples: [
    {
      name: 'as it is',
      inputs: {},
      params: {},
      outputs: { image: [48, 48, 3], pixels: [48, 48], cells: [6, 6], boxes: [6, 6, 4] },
    },
    {
      name: 'few',
      inputs: {},
      params: { samples: 100, seed: 7 },
      outputs: { image: [48, 48, 3], pixels: [48, 48], cells: [6, 6], boxes: [6, 6, 4] },
    },
  ],
});
