import { z } from 'zod';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { inferChannels } from '../channels.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { unitVectors } from '../vectors.ts';

/** Divides each vector of the last axis by its Euclidean length; zero stays zero. */
export const l2Normalization = defineLayer({
  kind: 'l2-normalization',
  category: 'normalization',
  icon: 'move-up-right',
  text: {
    title: 'L2 normalise',
    description: 'Brings each vector to length 1.',
    params: {},
    ports: { x: 'vectors', y: 'vectors' },
    aliases: ['unit length', 'normalize', 'cosine', 'sphere', 'embedding'],
  },
  params: z.object({}),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer: ({ inputs: { x } }) => inferChannels(x),
  flops: ({ inputs: { x } }) => 3 * numbersOf(x),
  forward: ({ ctx: { ops }, inputs }) => ({ y: unitVectors(ops, required(inputs.x, 'l2-normalization: x')) }),
  summary: () => ['last axis'],
  lesson: {
    summary:
      'Keeps only the direction of a vector. On the sphere the dot product is the cosine of the angle, so that similarity no longer depends on length: face recognition and contrastive learning compare such vectors.',
    formula: 'y = x / ‖x‖₂',
    references: [
      { title: 'Schroff, Kalenichenko and Philbin 2015: FaceNet', url: 'https://arxiv.org/abs/1503.03832' },
    ],
  },
  sources: {
    pytorch: () => ({ call: 'F.normalize({x}, dim=-1, eps=1e-6)' }),
    keras: () => ({ call: 'ops.normalize({x}, axis=-1, epsilon=1e-6)' }),
  },
  examples: [
    {
      name: 'features',
      inputs: { x: float32([3, 5]) },
      params: {},
      outputs: { y: [3, 5] },
      parameterCount: 0,
    },
    { name: 'a sequence', inputs: { x: float32([2, 4, 3]) }, params: {}, outputs: { y: [2, 4, 3] } },
  ],
});
