import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32 } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { tensorPort } from '../ports.ts';
import { references } from '../references.ts';

/** One number everywhere, in a shape without a batch: other tensors stretch it to theirs. */
export const constant = defineLayer({
  kind: 'constant',
  category: 'operation',
  icon: 'hash',
  text: {
    title: 'Constant',
    description: 'A fixed number, once or in a shape.',
    params: {
      value: { label: 'Number' },
      shape: { label: 'Shape', help: 'Without a batch; an empty list is a single number.' },
    },
    ports: { y: 'tensor' },
    aliases: ['number', 'value', 'zeros', 'ones', 'fill'],
  },
  params: z.object({
    value: z.number().min(-1e30).max(1e30).default(1),
    shape: z.array(z.int().min(1).max(65_536)).max(6).default([]),
  }),
  ports: { inputs: [], outputs: [tensorPort()] },
  infer: ({ params }) => ({ outputs: { y: float32(params.shape) } }),
  forward({ ctx: { ops }, params: { value, shape } }) {
    return { y: ops.broadcastTo(ops.scalar(value), shape) };
  },
  summary: ({ value, shape }) => [shape.length === 0 ? String(value) : `${value} · ${formatShape(shape)}`],
  lesson: {
    summary:
      'A number that does not learn. In arithmetic it stretches to the other tensor’s shape, so a single number is enough to scale or shift everything.',
    references: [references.broadcasting],
  },
  sources: {
    pytorch: ({ params: { value, shape } }) => ({
      call: `torch.full([${shape.join(', ')}], float(${value}))`,
    }),
    keras: ({ params: { value, shape } }) => ({
      call: `ops.full([${shape.join(', ')}], ${value}, dtype="float32")`,
    }),
  },
  examples: [
    { name: 'a number', inputs: {}, params: { value: 0.5 }, outputs: { y: [] }, parameterCount: 0 },
    { name: 'a matrix of zeros', inputs: {}, params: { value: 0, shape: [2, 3] }, outputs: { y: [2, 3] } },
  ],
});
