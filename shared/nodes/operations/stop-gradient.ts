import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/** x forward, nothing backward: what comes before does not learn through here. */
export const stopGradient = defineLayer({
  kind: 'stop-gradient',
  category: 'operation',
  icon: 'octagon-x',
  text: {
    title: 'Stop gradient',
    description: 'Lets numbers through and gradients not.',
    params: {},
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['detach', 'freeze', 'no grad', 'constant'],
  },
  ownGradient: true,
  params: z.object({}),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => ({ outputs: x ? { y: x } : {} }),
  forward: ({ ctx: { ops }, inputs }) => ({ y: ops.stopGradient(required(inputs.x, 'stop-gradient: x')) }),
  summary: () => [],
  lesson: {
    summary:
      'Treats its input as a given number: the forward pass is unchanged, and nothing upstream learns through it. It freezes a feature extractor, keeps a target from chasing its prediction, and makes the straight-through trick of vector quantisers.',
    formula: '∂y/∂x = 0',
    references: [
      {
        title: 'Chen and He 2021: Exploring simple Siamese representation learning',
        url: 'https://arxiv.org/abs/2011.10566',
      },
    ],
  },
  sources: {
    pytorch: () => ({ call: '{x}.detach()' }),
    keras: () => ({ call: 'ops.stop_gradient({x})' }),
  },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([3, 5]) },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    { name: 'image', inputs: { x: float32([1, 3, 3, 2]) }, params: {}, outputs: { y: [1, 3, 3, 2] } },
  ],
});
