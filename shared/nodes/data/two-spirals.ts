import { z } from 'zod';
import { formatCount } from '../../i18n/formatCount.ts';
import { defineDataset } from '../defineNode.ts';

const labels = ['first', 'second'];

/**
 * Points on two intertwined spirals (Lang and Witbrock 1988): point `[B, 2]` within about −1 … 1 and
 * which spiral it lies on `[B]`. Generated from the seed; 60 % train, 20 % validation, 20 % test.
 */
export const twoSpirals = defineDataset({
  kind: 'two-spirals',
  category: 'data',
  icon: 'database',
  text: {
    title: 'Two spirals',
    description: 'Points of the plane on two spirals wound into each other.',
    params: {
      points: { label: 'Points' },
      turns: { label: 'Turns', help: 'How often a spiral winds around; more is harder.' },
      noise: { label: 'Noise', help: 'Deviation of the points from their spiral.' },
      seed: { label: 'Seed' },
    },
    ports: { point: 'point', label: 'spiral' },
    aliases: ['toy', 'playground', 'classification', 'plane'],
  },
  params: z.object({
    points: z.int().min(50).max(100_000).default(2000).meta({ step: 100 }),
    turns: z.number().min(0.5).max(4).default(1.5).meta({ step: 0.25 }),
    noise: z.number().min(0).max(0.5).default(0.01).meta({ step: 0.01 }),
    seed: z.int().min(0).max(1_000_000).default(1),
  }),
  ports: {
    inputs: [],
    outputs: [
      { id: 'point', type: 'tensor' },
      { id: 'label', type: 'tensor' },
    ],
  },
  loader: 'two-spirals',
  knownFacts: ({ points }) => {
    const held = Math.floor(points / 5);
    return {
      outputs: {
        point: {
          type: 'tensor',
          dtype: 'float32',
          shape: ['B', 2],
          meaning: { kind: 'features', names: ['x', 'y'] },
        },
        label: { type: 'tensor', dtype: 'int32', shape: ['B'], meaning: { kind: 'class', labels } },
      },
      splits: { train: points - 2 * held, validation: held, test: held },
    };
  },
  infer: ({ facts }) => ({ outputs: facts?.outputs ?? {} }),
  summary: ({ points, turns, noise }) => [`${formatCount(points)} points`, `${turns} turns · noise ${noise}`],
  lesson: {
    summary:
      'No straight line parts the spirals, so one layer cannot do it: each hidden unit draws a line, and the layers after it bend them into curves. Watch how more units, more layers or another activation change the border.',
    references: [{ title: 'Lang and Witbrock 1988: Learning to tell two spirals apart' }],
  },
  examples: [
    { name: 'as it is', inputs: {}, params: {}, outputs: { point: [2], label: [] } },
    { name: 'few points', inputs: {}, params: { points: 100, turns: 1 }, outputs: { point: [2], label: [] } },
  ],
});
