import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/** Dropout of whole channels: `[B, …, C]` with one draw for each sample and channel. Tompson et al. 2015. */
export const spatialDropout = defineLayer({
  kind: 'spatial-dropout',
  category: 'normalization',
  icon: 'square-stack',
  text: {
    title: 'Spatial dropout',
    description: 'Zeroes whole channels while training.',
    params: { rate: { label: 'Rate', help: 'Share of the channels that is zeroed.' } },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['dropout2d', 'channel dropout', 'regularisation', 'overfitting'],
  },
  params: z.object({ rate: z.number().min(0).max(0.99).default(0.2).meta({ step: 0.05 }) }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x } }) {
    if (!x) return { outputs: {} };
    if (x.shape.length < 3) {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
          fix: { kind: 'remove-edge', edgeId: '' },
        },
        outputs: { y: x },
      };
    }
    return { outputs: { y: x } };
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops, training, random }, inputs, params }) {
    const x = required(inputs.x, 'spatial-dropout: x');
    if (!training || params.rate === 0) return { y: x };
    const draw = random.uniform(
      x.shape.map((dim, axis) => (axis === 0 || axis === x.shape.length - 1 ? dim : 1)),
    );
    const kept = ops.cast(ops.greater(draw, ops.scalar(params.rate)), 'float32');
    return { y: ops.mul(x, ops.mul(kept, ops.scalar(1 / (1 - params.rate)))) };
  },
  summary: (params) => [`rate ${params.rate}`],
  lesson: {
    summary:
      'Neighbouring pixels of a map say nearly the same, so dropping single ones takes nothing away: the neighbours tell. Dropping a whole channel does.',
    formula: 'y[b, …, c] = x[b, …, c]·m[b, c] / (1 − p)',
    references: [
      {
        title: 'Tompson et al. 2015: Efficient object localization using convolutional networks',
        url: 'https://arxiv.org/abs/1411.4280',
      },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params }) => ({
      module: `nn.Dropout${Math.min(3, (x?.shape.length ?? 4) - 2)}d(${params.rate})`,
      call: '{self}({x}.movedim(-1, 1)).movedim(1, -1)',
    }),
    keras: ({ inputs: { x }, params }) => ({
      module: `keras.layers.SpatialDropout${(x?.shape.length ?? 4) - 2}D(${params.rate})`,
      call: '{self}({x})',
    }),
  },
  examples: [
    {
      name: 'image',
      inputs: { x: float32([2, 3, 4, 5]) },
      params: { rate: 0.4 },
      outputs: { y: [2, 3, 4, 5] },
      parameterCount: 0,
    },
    { name: 'series', inputs: { x: float32([2, 5, 3]) }, params: {}, outputs: { y: [2, 5, 3] } },
  ],
});
