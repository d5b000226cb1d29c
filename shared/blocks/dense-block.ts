import type { TemplateBlock } from '../templates/buildDocument.ts';
import { convolution } from './convolution.ts';
import { readyBlock } from './readyBlock.ts';

const layer: TemplateBlock = {
  id: 'dense-block-layer',
  title: 'Dense block layer',
  description: 'Finds some channels and puts them beside those that it was given.',
  category: 'convolution',
  icon: 'layers',
  nodes: [
    { id: 'norm', kind: 'batch-normalization', at: [0, 0] },
    { id: 'relu', kind: 'activation', params: { activation: 'relu' }, at: [1, 0] },
    convolution('conv', 12, 3, [2, 0]),
    { id: 'join', kind: 'concatenate', at: [3, 1] },
  ],
  wires: ['norm.y > relu.x', 'relu.y > conv.x', 'conv.y > join.values'],
  inputs: { x: 'norm.x, join.values' },
  outputs: { y: 'join.y' },
  params: { growth: 'conv.filters' },
};

/** Parameters of the layers on 16, 28 and 40 channels: 2·C + 3·3·C·12 + 12 each. */
export const denseBlock = readyBlock({
  reference: 'Huang et al. 2017, Densely Connected Convolutional Networks',
  aliases: ['densenet', 'growth rate'],
  inner: [layer],
  block: {
    id: 'dense-block',
    title: 'Dense block',
    description: 'Layers in a row, each of which sees what all before it have found.',
    category: 'convolution',
    icon: 'layers',
    nodes: [{ id: 'layers', kind: 'block', params: { block: layer.id, repeat: 3 }, at: [0, 0] }],
    wires: [],
    inputs: { x: 'layers.x' },
    outputs: { y: 'layers.y' },
    params: { growth: 'layers.growth', layers: 'layers.repeat' },
  },
  example: { inputs: { x: [14, 14, 16] }, outputs: { y: [14, 14, 52] }, parameterCount: 9276 },
});
