import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { epsilonText, inferChannels, scaleAndOffset } from '../channels.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** Normalises each vector of the last axis by its own mean and biased variance. Ba, Kiros and Hinton 2016. */
export const layerNormalization = defineLayer({
  kind: 'layer-normalization',
  category: 'normalization',
  icon: 'align-vertical-justify-center',
  text: {
    title: 'LayerNorm',
    description: 'Centres and scales each vector by itself.',
    params: {
      epsilon: epsilonText,
      scale: { label: 'Scale', help: 'A learned factor for each channel.' },
      offset: { label: 'Offset', help: 'A learned number added to each channel.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['layer norm', 'ln', 'normalisation', 'transformer'],
  },
  params: z.object({
    epsilon: z.number().min(1e-8).max(0.1).default(1e-5).meta({ scale: 'log' }),
    scale: z.boolean().default(true),
    offset: z.boolean().default(true),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => inferChannels(x),
  weights: ({ inputs: { x }, params }) => scaleAndOffset(x, params),
  flops: ({ inputs: { x } }) => 8 * numbersOf(x),
  forward: ({ ctx: { ops }, inputs, weights: { scale, offset }, params }) => ({
    y: ops.layerNorm(required(inputs.x, 'layer-normalization: x'), scale, offset, params.epsilon),
  }),
  summary: ({ scale, offset }) => [
    ['last axis', !scale && 'no scale', !offset && 'no offset'].filter(Boolean).join(' · '),
  ],
  lesson: {
    summary:
      'Brings each vector to mean 0 and variance 1 over its own numbers, so that it does not matter what else is in the batch, how long a sequence is, or whether the network is training. Transformers have it before or after every block.',
    formula: 'y = γ·(x − μ) / √(σ² + ε) + β,  μ and σ² over the last axis',
    references: [
      { title: 'Ba, Kiros and Hinton 2016: Layer normalization', url: 'https://arxiv.org/abs/1607.06450' },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params: { epsilon, scale, offset } }) {
      const width = x?.shape.at(-1);
      // PyTorch has no layer norm with an offset alone.
      if (!scale && offset) {
        return {
          module: `nn.ParameterDict({"offset": torch.zeros(${width})})`,
          call: `F.layer_norm({x}, (${width},), bias={self}["offset"], eps=${epsilon})`,
          weights: { offset: { name: 'offset' } },
        };
      }
      return {
        module: `nn.LayerNorm(${width}, eps=${epsilon}, elementwise_affine=${python(scale)}, bias=${python(offset)})`,
        call: '{self}({x})',
        weights: { ...(scale && { scale: { name: 'weight' } }), ...(offset && { offset: { name: 'bias' } }) },
      };
    },
    keras: ({ params: { epsilon, scale, offset } }) => ({
      module: `keras.layers.LayerNormalization(epsilon=${epsilon}, scale=${python(scale)}, center=${python(offset)})`,
      call: '{self}({x})',
      weights: { ...(scale && { scale: { name: 'gamma' } }), ...(offset && { offset: { name: 'beta' } }) },
    }),
  },
  examples: [
    {
      name: 'a sequence',
      inputs: { x: float32([2, 3, 5]) },
      params: {},
      outputs: { y: [2, 3, 5] },
      parameterCount: 10,
    },
    {
      name: 'features, plain',
      inputs: { x: float32([4, 7]) },
      params: { scale: false, offset: false, epsilon: 1e-3 },
      outputs: { y: [4, 7] },
      parameterCount: 0,
    },
    {
      name: 'offset alone',
      inputs: { x: float32([3, 4]) },
      params: { scale: false },
      outputs: { y: [3, 4] },
      parameterCount: 4,
    },
  ],
});
