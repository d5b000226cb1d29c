import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';
import { required } from '../required.ts';
import { python } from '../sources.ts';

/** Puts the axes after the batch into another order: `order` lists old axes, counted from 1. */
export const permute = defineLayer({
  kind: 'permute',
  category: 'shape',
  icon: 'arrow-left-right',
  text: {
    title: 'Permute',
    description: 'Swaps axes.',
    params: {
      order: { label: 'Order', help: 'Old axes in their new order, counted from 1; the batch stays first.' },
    },
    ports: { x: 'tensor', y: 'tensor' },
    aliases: ['transpose', 'swap axes', 'channels first', 'movedim'],
  },
  params: z.object({ order: z.array(z.int().min(1).max(7)).max(7).default([2, 1]) }),
  ports: { inputs: [tensorPort('x')], outputs: [tensorPort()] },
  infer({ inputs: { x }, params: { order }, nodeId }) {
    if (!x) return { outputs: {} };
    const axes = x.shape.length - 1;
    const whole =
      order.length === axes && new Set(order).size === axes && order.every((axis) => axis <= axes);
    if (axes < 1) {
      const data = { expected: 'B×…', received: formatShape(x.shape) };
      return { problem: { code: 'needs-shape', port: 'x', data } };
    }
    if (!whole) {
      const plain = Array.from({ length: axes }, (_, axis) => axes - axis);
      return {
        problem: {
          code: 'order-incomplete',
          port: 'x',
          param: 'order',
          data: { count: axes, order: order.join(', '), received: formatShape(x.shape) },
          fix: { kind: 'set-param', nodeId, param: 'order', value: plain },
        },
      };
    }
    const shape = [x.shape[0] ?? 'B', ...order.map((axis) => x.shape[axis] ?? 1)];
    return { outputs: { y: { type: 'tensor', dtype: x.dtype, shape } } };
  },
  forward({ ctx: { ops }, inputs, params }) {
    return { y: ops.transpose(required(inputs.x, 'permute: x'), [0, ...params.order]) };
  },
  summary: ({ order }) => [`B, ${order.join(', ')}`],
  lesson: {
    summary:
      'Reorders axes and moves the numbers with them, unlike Reshape, which leaves them where they are. Attention moves heads before time with it; other frameworks keep channels first.',
    formula: 'y[b, j, i] = x[b, i, j]',
    references: [references.deepLearningBook],
  },
  sources: {
    pytorch: ({ params: { order } }) => ({ call: `{x}.permute${python([0, ...order])}` }),
    keras: ({ params: { order } }) => ({
      module: `keras.layers.Permute(${python(order)})`,
      call: '{self}({x})',
    }),
  },
  examples: [
    {
      name: 'rows and columns',
      inputs: { x: float32([2, 3, 5]) },
      params: {},
      outputs: { y: [2, 5, 3] },
      parameterCount: 0,
    },
    {
      name: 'channels first',
      inputs: { x: float32([2, 3, 4, 5]) },
      params: { order: [3, 1, 2] },
      outputs: { y: [2, 5, 3, 4] },
    },
  ],
});
