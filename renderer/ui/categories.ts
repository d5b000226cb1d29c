import type { NodeCategory } from '#shared/nodes/defineNode.ts';
import type { PortForm } from '#shared/types/portType.ts';

/** Colour of a category, as a token. */
export const categoryColor: Readonly<Record<NodeCategory, string>> = {
  data: 'var(--c-data)',
  dense: 'var(--c-dense)',
  convolution: 'var(--c-conv)',
  normalization: 'var(--c-norm)',
  recurrent: 'var(--c-recurrent)',
  attention: 'var(--c-attention)',
  graph: 'var(--c-graph)',
  generative: 'var(--c-gen)',
  operation: 'var(--c-shape)',
  shape: 'var(--c-shape)',
  activation: 'var(--c-shape)',
  loss: 'var(--c-loss)',
  optimizer: 'var(--c-opt)',
  metric: 'var(--c-metric)',
};

/** The library's order. */
export const categories: readonly NodeCategory[] = [
  'data',
  'dense',
  'convolution',
  'activation',
  'normalization',
  'recurrent',
  'attention',
  'graph',
  'generative',
  'shape',
  'operation',
  'loss',
  'optimizer',
  'metric',
];

/** Colour of a port type, as a token. */
export const portColor: Readonly<Record<PortForm, string>> = {
  tensor: 'var(--p-tensor)',
  image: 'var(--p-image)',
  tokens: 'var(--p-token)',
  graph: 'var(--p-graph)',
  loss: 'var(--p-loss)',
  optimizer: 'var(--p-opt)',
};
