import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** All axes between the batch and the channels. */
const places = (rank: number): number[] => Array.from({ length: rank - 2 }, (_, axis) => axis + 1);

/** Mean or largest value of each channel over all places: `[B, …, C]` → `[B, C]`. Lin et al. 2014. */
export const globalPool = defineLayer({
  kind: 'global-pool',
  category: 'convolution',
  icon: 'globe',
  text: {
    title: 'Global pool',
    description: 'Makes one number of each channel, whatever the size.',
    params: {
      operation: { label: 'Operation', options: { average: 'Average', max: 'Maximum' } },
      keepDims: { label: 'Keep axes', help: 'Leaves the axes there, with size 1.' },
    },
    ports: { x: 'tensor', y: 'features' },
    aliases: ['gap', 'global average pooling', 'global max pooling', 'squeeze'],
  },
  params: z.object({
    operation: z.enum(['average', 'max']).default('average'),
    keepDims: z.boolean().default(false),
  }),
  ports: { inputs: [floatPort()], outputs: [tensorPort()] },
  infer({ inputs: { x }, params }) {
    if (!x) return { outputs: {} };
    if (x.shape.length < 3) {
      return {
        problem: {
          code: 'needs-channels',
          port: 'x',
          data: { expected: 'B×…×C', received: formatShape(x.shape) },
        },
      };
    }
    const [batch = 'B', ...rest] = x.shape;
    const channels = rest.at(-1) ?? 1;
    const ones = params.keepDims ? rest.slice(1).map(() => 1) : [];
    return { outputs: { y: float32([batch, ...ones, channels]) } };
  },
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops }, inputs, params: { operation, keepDims } }) {
    const x = required(inputs.x, 'global-pool: x');
    const axes = places(x.shape.length);
    return { y: operation === 'max' ? ops.max(x, axes, keepDims) : ops.mean(x, axes, keepDims) };
  },
  summary: ({ operation, keepDims }) => [`${operation}${keepDims ? ' · keeps axes' : ''}`],
  lesson: {
    summary:
      'Turns a map of any size into one number for each channel: how much of this feature is there altogether. It replaces Flatten and a large dense layer, with no weights at all, and takes images of any size.',
    formula: 'y[c] = mean over all places of x[…, c]',
    references: [
      { title: 'Lin, Chen and Yan 2014: Network in network', url: 'https://arxiv.org/abs/1312.4400' },
    ],
  },
  sources: {
    pytorch: ({ inputs: { x }, params: { operation, keepDims } }) => ({
      call: `{x}.${operation === 'max' ? 'amax' : 'mean'}(dim=${python(places(x?.shape.length ?? 3))}, keepdim=${python(keepDims)})`,
    }),
    keras: ({ inputs: { x }, params: { operation, keepDims } }) => ({
      module: `keras.layers.Global${operation === 'max' ? 'Max' : 'Average'}Pooling${(x?.shape.length ?? 4) - 2}D(keepdims=${python(keepDims)})`,
      call: '{self}({x})',
    }),
  },
  examples: [
    {
      name: 'image',
      inputs: { x: float32([2, 5, 3, 4]) },
      params: {},
      outputs: { y: [2, 4] },
      parameterCount: 0,
    },
    {
      name: 'series, largest',
      inputs: { x: float32([3, 7, 2]) },
      params: { operation: 'max' },
      outputs: { y: [3, 2] },
    },
    {
      name: 'keeps axes',
      inputs: { x: float32([2, 3, 3, 2]) },
      params: { keepDims: true },
      outputs: { y: [2, 1, 1, 2] },
    },
  ],
});
