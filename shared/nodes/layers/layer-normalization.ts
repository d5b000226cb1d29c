import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/**
 * Normalises the last axis of each sample and then scales and shifts it: `[B, …, C]` → the same
 * shape. Ba, Kiros and Hinton 2016; torch.nn.LayerNorm.
 */
export const layerNormalization = defineLayer({
  kind: 'layer-normalization',
  category: 'normalization',
  icon: 'align-center-horizontal',
  text: {
    title: 'LayerNorm',
    description: 'Centres and scales the features of each sample by themselves.',
    params: { epsilon: { label: 'Epsilon', help: 'Added to the variance, against division by zero.' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['layer norm', 'normalisation', 'ln', 'transformer'],
  },
  params: z.object({ epsilon: z.number().min(1e-8).max(0.1).default(1e-5).meta({ scale: 'log' }) }),
  ports: { inputs: [floatPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    if (x.shape.length < 2 || typeof x.shape.at(-1) !== 'number') {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
        },
      };
    }
    return { outputs: { y: float32(x.shape) } };
  },
  weights({ inputs: { x } }) {
    const shape = [Number(x?.shape.at(-1))];
    return {
      scale: { shape, init: { kind: 'ones' }, trainable: true },
      offset: { shape, init: { kind: 'zeros' }, trainable: true },
    };
  },
  flops: ({ inputs: { x } }) => 8 * ((x && sampleSize(x.shape)) ?? 0),
  forward({ ctx: { ops }, inputs, weights, params }) {
    const x = required(inputs.x, 'layer-normalization: x');
    return { y: ops.layerNorm(x, weights.scale, weights.offset, params.epsilon) };
  },
  summary: ({ epsilon }) => [`ε ${epsilon}`],
  lesson: {
    summary:
      'Like batch normalisation, but over the features of one sample instead of one feature over the batch: it needs no running averages, does the same in training and evaluation, and does not mind batches of one. The norm of transformers and recurrent networks.',
    formula: 'y = (x − mean(x)) / √(var(x) + ε) · scale + offset',
    references: [
      { title: 'Ba, Kiros and Hinton 2016: Layer normalization', url: 'https://arxiv.org/abs/1607.06450' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      module: `nn.LayerNorm(${x?.shape.at(-1)}, eps=${params.epsilon})`,
      call: '{self}({x})',
      weights: { scale: { name: 'weight' }, offset: { name: 'bias' } },
    }),
    keras: ({ params }) => ({
      module: `keras.layers.LayerNormalization(epsilon=${params.epsilon})`,
      call: '{self}({x})',
      weights: { scale: { name: 'gamma' }, offset: { name: 'beta' } },
    }),
  },
  examples: [
    {
      name: 'sequence',
      inputs: { x: float32([2, 3, 5]) },
      params: {},
      outputs: { y: [2, 3, 5] },
      parameterCount: 10,
    },
    {
      name: 'features',
      inputs: { x: float32([4, 6]) },
      params: { epsilon: 1e-3 },
      outputs: { y: [4, 6] },
      parameterCount: 12,
    },
  ],
});
