import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, int32, withLast } from '../../types/shape.ts';
import { numbersOf } from '../broadcast.ts';
import { defineLayer } from '../defineNode.ts';
import { floatPort, tensorPort } from '../ports.ts';
import { required } from '../required.ts';

/** The k largest numbers along the last axis, largest first, and where they stood. */
export const topK = defineLayer({
  kind: 'top-k',
  category: 'operation',
  icon: 'arrow-down-wide-narrow',
  text: {
    title: 'Top-k',
    description: 'Picks the k largest numbers of the last axis.',
    params: { k: { label: 'k', help: 'How many.' } },
    ports: { x: 'tensor', values: 'numbers', indices: 'places' },
    aliases: ['largest', 'sort', 'best', 'beam', 'experts'],
  },
  params: z.object({ k: z.int().min(1).max(10_000).default(5) }),
  ports: { inputs: [floatPort()], outputs: [tensorPort('values'), tensorPort('indices')] },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const width = x.shape.at(-1);
    if (typeof width !== 'number' || x.shape.length < 2) {
      const data = { expected: 'B×…×numbers', received: formatShape(x.shape) };
      return { problem: { code: 'needs-shape', port: 'x', data } };
    }
    if (width < params.k) {
      return {
        problem: {
          code: 'fewer-than-k',
          port: 'x',
          param: 'k',
          data: { k: params.k, width: String(width), received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'k', value: width },
        },
      };
    }
    const shape = withLast(x.shape, params.k);
    return { outputs: { values: float32(shape), indices: int32(shape) } };
  },
  // Ones where a number was picked, by which the gradient finds its way.
  inside: ({ inputs: { x }, params: { k } }) =>
    x && float32([...x.shape.slice(0, -1), k, x.shape.at(-1) ?? 1]),
  flops: ({ inputs: { x } }) => numbersOf(x),
  forward({ ctx: { ops }, inputs, params }) {
    return { ...ops.topK(required(inputs.x, 'top-k: x'), params.k) };
  },
  summary: ({ k }) => [`k = ${k}`],
  lesson: {
    summary:
      'Keeps the k highest scores and says which they were. Gradients flow through the numbers that were picked, not through the choice. Routing to a few experts and sampling from the likeliest tokens begin with it.',
    references: [
      {
        title: 'Shazeer et al. 2017: Outrageously large neural networks',
        url: 'https://arxiv.org/abs/1701.06538',
      },
    ],
  },
  sources: {
    pytorch: ({ params }) => ({ call: `torch.topk({x}, ${params.k})` }),
    keras: ({ params }) => ({ call: `ops.top_k({x}, ${params.k})` }),
  },
  examples: [
    {
      name: 'best two',
      inputs: { x: float32([3, 5]) },
      params: { k: 2 },
      outputs: { values: [3, 2], indices: [3, 2] },
      parameterCount: 0,
    },
    {
      name: 'all of a sequence',
      inputs: { x: float32([2, 2, 3]) },
      params: { k: 3 },
      outputs: { values: [2, 2, 3], indices: [2, 2, 3] },
    },
  ],
});
