import type { TemplateBlock } from './buildDocument.ts';

const leaky = { activation: 'leaky-relu' };

/** Noise becomes an image of 28×28 (Radford, Metz and Chintala 2016, with resizing for strides). */
export const generator: TemplateBlock = {
  id: 'generator',
  title: 'Generator',
  description: 'Noise becomes an image.',
  nodes: [
    { id: 'grow', kind: 'dense', params: { units: 7 * 7 * 64, activation: 'relu' }, at: [1, 0] },
    { id: 'image-7', kind: 'reshape', params: { shape: [7, 7, 64] }, at: [2, 0] },
    { id: 'norm-7', kind: 'batch-normalization', at: [3, 0] },
    { id: 'up-14', kind: 'resize', params: { size: [14, 14], method: 'nearest' }, at: [0, 1] },
    {
      id: 'conv-14',
      kind: 'conv2d',
      params: { filters: 32, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
      at: [1, 1],
    },
    { id: 'norm-14', kind: 'batch-normalization', at: [2, 1] },
    { id: 'up-28', kind: 'resize', params: { size: [28, 28], method: 'nearest' }, at: [3, 1] },
    {
      id: 'conv-28',
      kind: 'conv2d',
      params: { filters: 16, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
      at: [4, 1],
    },
    {
      id: 'pixels',
      kind: 'conv2d',
      params: { filters: 1, kernelSize: [3, 3], padding: 'same', activation: 'sigmoid' },
      at: [5, 1],
    },
  ],
  wires: [
    'grow.y > image-7.x',
    'image-7.y > norm-7.x',
    'norm-7.y > up-14.x',
    'up-14.y > conv-14.x',
    'conv-14.y > norm-14.x',
    'norm-14.y > up-28.x',
    'up-28.y > conv-28.x',
    'conv-28.y > pixels.x',
  ],
  inputs: { noise: 'grow.x' },
  outputs: { image: 'pixels.y' },
};

/** The same with strides, which multiply half as often: each number lays down a filter of 4×4. */
export const stridedGenerator: TemplateBlock = {
  ...generator,
  nodes: [
    { id: 'grow', kind: 'dense', params: { units: 7 * 7 * 64, activation: 'relu' }, at: [1, 0] },
    { id: 'image-7', kind: 'reshape', params: { shape: [7, 7, 64] }, at: [2, 0] },
    { id: 'norm-7', kind: 'batch-normalization', at: [3, 0] },
    { id: 'up-14', kind: 'conv-transpose2d', params: { filters: 32, activation: 'relu' }, at: [0, 1] },
    { id: 'norm-14', kind: 'batch-normalization', at: [1, 1] },
    { id: 'up-28', kind: 'conv-transpose2d', params: { filters: 16, activation: 'relu' }, at: [2, 1] },
    {
      id: 'pixels',
      kind: 'conv2d',
      params: { filters: 1, kernelSize: [3, 3], padding: 'same', activation: 'sigmoid' },
      at: [3, 1],
    },
  ],
  wires: [
    'grow.y > image-7.x',
    'image-7.y > norm-7.x',
    'norm-7.y > up-14.x',
    'up-14.y > norm-14.x',
    'norm-14.y > up-28.x',
    'up-28.y > pixels.x',
  ],
};

/** The same with the class that is wanted beside the noise (Mirza and Osindero 2014). */
export const classGenerator: TemplateBlock = {
  ...generator,
  description: 'Noise and a wanted class become an image.',
  nodes: [{ id: 'join', kind: 'concatenate', at: [0, 0] }, ...generator.nodes],
  wires: ['join.y > grow.x', ...generator.wires],
  inputs: { noise: 'join.values', class: 'join.values' },
};

/** How real an image looks, as a score without a limit. */
export const discriminator: TemplateBlock = {
  id: 'discriminator',
  title: 'Discriminator',
  description: 'Scores how real an image looks.',
  nodes: [
    {
      id: 'conv-1',
      kind: 'conv2d',
      params: { filters: 32, kernelSize: [4, 4], strides: [2, 2], padding: 'same', ...leaky },
      at: [0, 0],
    },
    {
      id: 'conv-2',
      kind: 'conv2d',
      params: { filters: 64, kernelSize: [4, 4], strides: [2, 2], padding: 'same', ...leaky },
      at: [1, 0],
    },
    { id: 'flatten', kind: 'flatten', at: [2, 0] },
    { id: 'dense', kind: 'dense', params: { units: 128, ...leaky }, at: [4, 0] },
    { id: 'score', kind: 'dense', params: { units: 1 }, title: 'Score', at: [5, 0] },
  ],
  wires: ['conv-1.y > conv-2.x', 'conv-2.y > flatten.x', 'flatten.y > dense.x', 'dense.y > score.x'],
  inputs: { image: 'conv-1.x' },
  outputs: { score: 'score.y' },
};

/** How real an image of a class looks. */
export const classDiscriminator: TemplateBlock = {
  ...discriminator,
  description: 'Scores how real an image of a class looks.',
  nodes: discriminator.nodes.flatMap((node) =>
    node.id === 'dense' ? [{ id: 'join', kind: 'concatenate', at: [3, 0] }, node] : [node],
  ),
  wires: discriminator.wires.flatMap((wire) =>
    wire === 'flatten.y > dense.x' ? ['flatten.y > join.values', 'join.y > dense.x'] : [wire],
  ),
  inputs: { image: 'conv-1.x', class: 'join.values' },
};

/**
 * A smaller one, as a Wasserstein critic. It bends smoothly: what is learnt of its slope is the slope's own
 * slope, of which a rectifier has none.
 */
export const critic: TemplateBlock = {
  ...discriminator,
  id: 'critic',
  title: 'Critic',
  nodes: discriminator.nodes.map((node) => {
    const changes = { 'conv-1': { filters: 16 }, 'conv-2': { filters: 32 }, dense: {} }[node.id];
    return changes ? { ...node, params: { ...node.params, ...changes, activation: 'silu' } } : node;
  }),
};

/** Learns from real digits only, and judges the made ones. */
export const judge: TemplateBlock = {
  id: 'judge',
  title: 'Judge',
  description: 'A classifier that learns from real digits only, to say what the made ones are.',
  nodes: [
    { id: 'conv', kind: 'conv2d', params: { filters: 16, activation: 'relu' }, at: [0, 0] },
    { id: 'pool', kind: 'max-pool2d', at: [1, 0] },
    { id: 'flatten', kind: 'flatten', at: [2, 0] },
    { id: 'dense', kind: 'dense', params: { units: 64, activation: 'relu' }, at: [3, 0] },
    { id: 'logits', kind: 'dense', params: { units: 10 }, title: 'Scores', at: [4, 0] },
  ],
  wires: ['conv.y > pool.x', 'pool.y > flatten.x', 'flatten.y > dense.x', 'dense.y > logits.x'],
  inputs: { image: 'conv.x' },
  outputs: { scores: 'logits.y' },
};
