import { z } from 'zod';
import { formatShape } from '../../types/portType.ts';
import { float32, sampleSize } from '../../types/shape.ts';
import { defineLayer } from '../defineNode.ts';
import { countUp, positionAngles } from '../rotary.ts';

/**
 * Adds to each step of `[B, T, F]` a vector that stands for its position: learned (Gehring et al.
 * 2017) or sines and cosines of falling frequency, sine and cosine in turn (Vaswani et al. 2017).
 */
export const positionEmbedding = defineLayer({
  kind: 'position-embedding',
  category: 'attention',
  icon: 'list-ordered',
  text: {
    title: 'Positions',
    description: 'Tells each step of a sequence where it stands.',
    params: {
      form: {
        label: 'Form',
        help: 'Learned ones are weights, one row for each position; sinusoidal ones are fixed.',
        options: { learned: 'Learned', sinusoidal: 'Sinusoidal' },
      },
    },
    ports: { x: 'sequence', y: 'sequence' },
    aliases: ['positional encoding', 'position embedding', 'sinusoidal', 'transformer'],
  },
  params: z.object({ form: z.enum(['learned', 'sinusoidal']).default('learned') }),
  ports: {
    inputs: [{ id: 'x', type: 'tensor', dtypes: ['float32'] }],
    outputs: [{ id: 'y', type: 'tensor' }],
  },
  infer({ inputs: { x }, params, nodeId }) {
    if (!x) return { outputs: {} };
    const [, steps, width] = x.shape;
    if (x.shape.length !== 3 || typeof steps !== 'number' || typeof width !== 'number') {
      return {
        problem: {
          code: 'needs-sequence-input',
          port: 'x',
          data: { expected: 'B×T×F', received: formatShape(x.shape) },
        },
      };
    }
    if (params.form === 'sinusoidal' && width % 2 !== 0) {
      return {
        problem: {
          code: 'width-does-not-divide',
          port: 'x',
          param: 'form',
          data: { received: formatShape(x.shape), parts: 2, width },
          fix: { kind: 'set-param', nodeId, param: 'form', value: 'learned' },
        },
        outputs: { y: float32(x.shape) },
      };
    }
    return { outputs: { y: float32(x.shape) } };
  },
  weights({ inputs: { x }, params }) {
    const [, steps, width] = x?.shape ?? [];
    if (params.form !== 'learned' || typeof steps !== 'number' || typeof width !== 'number') return {};
    return {
      positions: { shape: [steps, width], init: { kind: 'normal', deviation: 0.02 }, trainable: true },
    };
  },
  flops: ({ inputs: { x } }) => (x && sampleSize(x.shape)) ?? 0,
  forward({ ctx: { ops }, inputs: { x }, weights, params }) {
    if (!x) throw new Error('position-embedding: input missing');
    const [, steps = 1, width = 2] = x.shape;
    if (params.form === 'learned') {
      if (!weights.positions) throw new Error('position-embedding: weights missing');
      return { y: ops.add(x, ops.reshape(weights.positions, [1, steps, width])) };
    }
    const angles = positionAngles(ops, countUp(ops, steps), width / 2);
    const codes = ops.stack([ops.sin(angles), ops.cos(angles)], 2);
    return { y: ops.add(x, ops.reshape(codes, [1, steps, width])) };
  },
  summary: ({ form }) => [form],
  lesson: {
    summary:
      'Attention treats a sequence as a set: without this a sentence and its words in any order are the same. Learned positions fit the length they were trained at; sinusoidal ones follow a rule, so neighbours have similar codes and a shift is a rotation.',
    formula: 'P[t, 2i] = sin(t / 10000^(2i/F))   P[t, 2i+1] = cos(t / 10000^(2i/F))',
    references: [
      { title: 'Vaswani et al. 2017: Attention is all you need', url: 'https://arxiv.org/abs/1706.03762' },
    ],
  },
  sources: {
    pytorch({ inputs: { x }, params }) {
      const [, steps, width] = x?.shape ?? [];
      if (params.form === 'learned') {
        return {
          module: `nn.Embedding(${steps}, ${width})`,
          call: '({x} + {self}.weight)',
          weights: { positions: { name: 'weight' } },
        };
      }
      const angles = `torch.arange(${steps}.0)[:, None] * 10000 ** (-torch.arange(0, ${width}, 2) / ${width})`;
      return { call: `({x} + (lambda a: torch.stack([a.sin(), a.cos()], 2).flatten(1))(${angles}))` };
    },
  },
  examples: [
    {
      name: 'learned',
      inputs: { x: float32([2, 5, 3]) },
      params: {},
      outputs: { y: [2, 5, 3] },
      parameterCount: 15,
    },
    {
      name: 'sinusoidal',
      inputs: { x: float32([2, 5, 4]) },
      params: { form: 'sinusoidal' },
      outputs: { y: [2, 5, 4] },
      parameterCount: 0,
    },
  ],
});
