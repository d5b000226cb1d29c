import { buildDocument, type TemplateBlock, type TemplateNode } from './buildDocument.ts';
import type { Template } from './template.ts';

/** Steps in which the features are learnt; after them the picture is painted. */
const LEARNING = 500;

const conv = (filters: number) => ({ filters, kernelSize: [3, 3], activation: 'tanh' });

const features: TemplateBlock = {
  id: 'features',
  title: 'Features',
  description: 'What is seen in a picture: fine, in parts, and as a whole.',
  nodes: [
    { id: 'centred', kind: 'expression', params: { formula: '2*a - 1' }, title: 'From −1 to 1', at: [0, 1] },
    { id: 'fine', kind: 'conv2d', params: conv(32), title: 'Fine', at: [0, 0] },
    { id: 'pool-2', kind: 'average-pool2d', at: [1, 0] },
    { id: 'middle', kind: 'conv2d', params: conv(64), title: 'Middle', at: [2, 0] },
    { id: 'pool-4', kind: 'average-pool2d', at: [3, 0] },
    { id: 'coarse', kind: 'conv2d', params: conv(64), title: 'Coarse', at: [4, 0] },
  ],
  wires: [
    'centred.y > fine.x',
    'fine.y > pool-2.x',
    'pool-2.y > middle.x',
    'middle.y > pool-4.x',
    'pool-4.y > coarse.x',
  ],
  inputs: { picture: 'centred.a' },
  outputs: { fine: 'fine.y', middle: 'middle.y', coarse: 'coarse.y' },
};

const levels = [
  { id: 'fine', places: 128 * 128, channels: 32 },
  { id: 'middle', places: 64 * 64, channels: 64 },
  { id: 'coarse', places: 32 * 32, channels: 64 },
] as const;

/** The Gram matrices of all three levels in a row, as the style losses compare them. */
const texture: TemplateBlock = {
  id: 'texture',
  title: 'Texture',
  description: 'Which features are strong together, wherever they are.',
  nodes: [
    ...levels.flatMap(({ id, places, channels }, row): TemplateNode[] => [
      { id, kind: 'reshape', params: { shape: [places, channels] }, at: [0, row] },
      { id: `${id}-gram`, kind: 'matmul', params: { transposeA: true }, title: 'Gram matrix', at: [1, row] },
      {
        id: `${id}-mean`,
        kind: 'expression',
        params: { formula: `a / ${places * channels}` },
        at: [2, row],
      },
      { id: `${id}-row`, kind: 'flatten', at: [3, row] },
    ]),
    { id: 'all', kind: 'concatenate', at: [4, 1] },
  ],
  wires: levels.flatMap(({ id }) => [
    `${id}.y > ${id}-gram.a`,
    `${id}.y > ${id}-gram.b`,
    `${id}-gram.y > ${id}-mean.a`,
    `${id}-mean.y > ${id}-row.x`,
    `${id}-row.y > all.values`,
  ]),
  inputs: { fine: 'fine.x', middle: 'middle.x', coarse: 'coarse.x' },
  outputs: { y: 'all.y' },
};

const seen = (id: string, title: string, row: number): TemplateNode => ({
  id,
  kind: 'block',
  title,
  params: { block: 'features', ...(id !== 'in-scenes' && { shareWith: 'in-scenes' }) },
  at: [2, row],
});

/**
 * Gatys, Ecker and Bethge 2016, with features learnt in the same run: first they learn to tell discs, squares and
 * triangles from the ground; from step 500 on they stay as they are, and what is painted over the photograph is
 * learnt. They know darker from lighter than grey (tanh of −1 to 1), else the mean would rule the Gram matrices.
 * The figure is what is left of the distance in style between the two pictures; R² says how much of the photograph's
 * coarse features there is in the picture.
 */
export const styleTransfer: Template = {
  id: 'style-transfer',
  title: 'Style transfer',
  description: 'A photograph of a cat takes on the whirling strokes of a painting; one sees it happen.',
  architecture: 'Convolutional network',
  dataset: 'Picture and style',
  expected: { metric: 'relativeError', split: 'test', atMost: 0.1 },
  measured: { seconds: 67, values: [0.004587] },
  short: { steps: 40, factor: 1.2 },
  document: buildDocument({
    name: 'Style transfer',
    epochs: 6,
    batchSize: 8,
    blocks: [features, texture],
    nodes: [
      { id: 'scenes', kind: 'shape-scenes', at: [0, 0] },
      { id: 'pictures', kind: 'style-pictures', at: [0, 2] },
      {
        id: 'canvas',
        kind: 'learnable-parameter',
        params: { shape: [1, 128, 128, 3], start: 'zeros' },
        title: 'Paint',
        at: [0, 4],
      },
      { id: 'painted', kind: 'add', title: 'Painted over', at: [1, 3] },
      { id: 'picture', kind: 'clip', params: { min: 0, max: 1 }, title: 'Picture', at: [1, 4] },
      seen('in-scenes', 'Seen in scenes', 0),
      seen('in-content', 'Seen in content', 1),
      seen('in-style', 'Seen in style', 2),
      seen('in-picture', 'Seen in picture', 3),
      {
        id: 'scores',
        kind: 'conv2d',
        params: { filters: 4, kernelSize: [1, 1] },
        title: 'Scores',
        at: [3, 0],
      },
      {
        id: 'large',
        kind: 'resize',
        params: { size: [48, 48], method: 'nearest' },
        title: 'To every pixel',
        at: [4, 0],
      },
      { id: 'scene-loss', kind: 'softmax-cross-entropy', title: 'Shape of each pixel', at: [5, 0] },
      {
        id: 'learn-features',
        kind: 'adam',
        params: { learningRate: 0.003, schedule: 'linear', until: LEARNING, order: 0 },
        title: 'Learns features',
        at: [6, 0],
      },
      { id: 'content-loss', kind: 'content-loss', at: [4, 1] },
      { id: 'style-colours', kind: 'style-loss', title: 'Style, colours', at: [4, 5] },
      { id: 'style-fine', kind: 'style-loss', title: 'Style, fine', at: [4, 2] },
      { id: 'style-middle', kind: 'style-loss', title: 'Style, middle', at: [4, 3] },
      { id: 'style-coarse', kind: 'style-loss', title: 'Style, coarse', at: [4, 4] },
      {
        id: 'both',
        kind: 'weighted-loss',
        params: { weights: [1, 100, 100_000, 100_000, 100_000] },
        title: 'Content and style',
        at: [5, 2],
      },
      {
        id: 'paint',
        kind: 'adam',
        params: { learningRate: 0.02, schedule: 'cosine', after: LEARNING, order: 1, scope: ['canvas'] },
        title: 'Paints',
        at: [6, 2],
      },
      {
        id: 'texture-content',
        kind: 'block',
        params: { block: 'texture' },
        title: 'Texture of content',
        at: [3, 5],
      },
      {
        id: 'texture-style',
        kind: 'block',
        params: { block: 'texture' },
        title: 'Texture of style',
        at: [3, 6],
      },
      {
        id: 'texture-picture',
        kind: 'block',
        params: { block: 'texture' },
        title: 'Texture of picture',
        at: [3, 7],
      },
      { id: 'style-left', kind: 'relative-error', title: 'Style still missing', at: [4, 6] },
      { id: 'content-kept', kind: 'r-squared', title: 'Content kept', at: [5, 5] },
    ],
    wires: [
      'scenes.image > in-scenes.picture',
      'pictures.content > in-content.picture',
      'pictures.style > in-style.picture',
      'pictures.content > painted.values',
      'canvas.y > painted.values',
      'painted.y > picture.x',
      'picture.y > in-picture.picture',
      'in-scenes.coarse > scores.x',
      'scores.y > large.x',
      'large.y > scene-loss.logits',
      'scenes.pixels > scene-loss.labels',
      'scene-loss.loss > learn-features.loss',
      'in-picture.coarse > content-loss.features',
      'in-content.coarse > content-loss.content',
      ...levels.flatMap(({ id }) => [
        `in-picture.${id} > style-${id}.features`,
        `in-style.${id} > style-${id}.style`,
      ]),
      'content-loss.loss > both.losses',
      'picture.y > style-colours.features',
      'pictures.style > style-colours.style',
      'style-colours.loss > both.losses',
      'style-fine.loss > both.losses',
      'style-middle.loss > both.losses',
      'style-coarse.loss > both.losses',
      'both.loss > paint.loss',
      ...['content', 'style', 'picture'].flatMap((what) =>
        levels.map(({ id }) => `in-${what}.${id} > texture-${what}.${id}`),
      ),
      'texture-picture.y > style-left.prediction',
      'texture-style.y > style-left.target',
      'texture-content.y > style-left.baseline',
      'in-picture.coarse > content-kept.prediction',
      'in-content.coarse > content-kept.target',
    ],
  }),
};
