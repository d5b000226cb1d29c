import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineLayer, type Initializer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';

/** Numbers that are learnt, in a shape without a batch: other tensors stretch them to theirs. */
export const learnableParameter = defineLayer({
  kind: 'learnable-parameter',
  category: 'operation',
  icon: 'sliders-horizontal',
  text: {
    title: 'Parameter',
    description: 'Numbers of their own that are learnt.',
    params: {
      shape: { label: 'Shape', help: 'Without a batch; an empty list is a single number.' },
      start: {
        label: 'Start',
        options: { zeros: 'Zeros', ones: 'Ones', normal: 'Normal', constant: 'A number' },
      },
      scale: { label: 'Scale', help: 'Standard deviation of a normal start, or the number.' },
    },
    ports: { y: 'tensor' },
    aliases: ['weight', 'variable', 'learned', 'token', 'query', 'class token'],
  },
  params: z.object({
    shape: z.array(z.int().min(1).max(1_000_000)).max(6).default([1]),
    start: z.enum(['zeros', 'ones', 'normal', 'constant']).default('normal'),
    scale: z.number().min(-1000).max(1000).default(0.02).meta({ step: 0.01 }),
  }),
  ports: { inputs: [], outputs: [tensorPort()] },
  infer: ({ params }) => ({ outputs: { y: float32(params.shape) } }),
  weights({ params: { shape, start, scale } }) {
    const starts: Record<typeof start, Initializer> = {
      zeros: { kind: 'zeros' },
      ones: { kind: 'ones' },
      normal: { kind: 'normal', deviation: Math.abs(scale) },
      constant: { kind: 'constant', value: scale },
    };
    return { value: { shape, init: starts[start], trainable: true } };
  },
  forward: ({ weights: { value } }) => ({ y: required(value, 'learnable-parameter: value') }),
  summary: ({ shape, start, scale }) => [
    formatShape(shape),
    start === 'normal' ? `normal, ${scale}` : start === 'constant' ? `from ${scale}` : start,
  ],
  lesson: {
    summary:
      'A weight that depends on no input: the optimiser alone decides what it becomes. The class token of a vision transformer, learned queries and a temperature are such numbers.',
    references: [
      {
        title: 'Dosovitskiy et al. 2021: An image is worth 16×16 words',
        url: 'https://arxiv.org/abs/2010.11929',
      },
      references.broadcasting,
    ],
  },
  sources: {
    pytorch: ({ params: { shape } }) => ({
      module: `nn.ParameterDict({"value": torch.zeros([${shape.join(', ')}])})`,
      call: '{self}["value"]',
      weights: { value: { name: 'value' } },
    }),
  },
  examples: [
    { name: 'a vector', inputs: {}, params: { shape: [5] }, outputs: { y: [5] }, parameterCount: 5 },
    {
      name: 'a matrix of ones',
      inputs: {},
      params: { shape: [2, 3], start: 'ones' },
      outputs: { y: [2, 3] },
      parameterCount: 6,
    },
    {
      name: 'a single number',
      inputs: {},
      params: { shape: [], start: 'constant', scale: 0.5 },
      outputs: { y: [] },
      parameterCount: 1,
    },
  ],
});
