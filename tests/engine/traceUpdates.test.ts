import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Batch, Runtime, Session } from '#main/engine/runtime.ts';
import { createCpuRuntime } from '#main/engine/runtimes/eager/cpuRuntime.ts';
import type { Plan, PlanNode } from '#shared/compile/plan.ts';
import { trainingSchema } from '#shared/graph/document.ts';
import { defineLayer, defineLoss, type ForwardArgs, type NodeDefinition } from '#shared/nodes/defineNode.ts';
import { nativeRuntime } from './traceSupport.ts';

/** Node types that no document knows, beside the real ones. */
const extra = vi.hoisted(() => new Map<string, unknown>());
vi.mock('#shared/nodes/registry.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('#shared/nodes/registry.ts')>();
  return {
    ...original,
    findNodeDefinition: (kind: string) =>
      (extra.get(kind) as NodeDefinition | undefined) ?? original.findNodeDefinition(kind),
  };
});

const text = { title: '', description: '', params: {}, ports: {}, aliases: [] };
const shared = {
  icon: '',
  text,
  params: z.object({}),
  infer: () => ({ outputs: {} }),
  summary: () => [],
  examples: [],
};

function addLayer(kind: string, forward: (args: ForwardArgs<Record<string, never>>) => Tensor): void {
  extra.set(
    kind,
    defineLayer({
      ...shared,
      kind,
      category: 'dense',
      ports: { inputs: [{ id: 'x', type: 'tensor' }], outputs: [{ id: 'y', type: 'tensor' }] },
      forward: (args) => ({ y: forward(args) }),
    }),
  );
}

const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('missing in the test');
  return value;
};

// The loss of a WGAN's critic: its gradient does not depend on the last layer's own read.
extra.set(
  'mean-loss',
  defineLoss({
    ...shared,
    kind: 'mean-loss',
    category: 'loss',
    ports: { inputs: [{ id: 'x', type: 'tensor' }], outputs: [{ id: 'loss', type: 'loss' }] },
    prediction: { port: 'x', target: 'x', activation: 'linear' },
    forward: ({ ctx, inputs }) => ({ loss: ctx.ops.mean(given(inputs.x)) }),
  }),
);
addLayer('weighted', ({ ctx, inputs, weights }) => ctx.ops.mul(given(inputs.x), given(weights.w)));

const planNode = (path: string, kind: string, from: string, weights: PlanNode['weights'] = {}): PlanNode => {
  const [source, port] = from.split('.');
  return {
    path,
    nodeId: path,
    kind,
    params: kind === 'dense' ? { activation: 'linear' } : {},
    inputs: { x: [{ path: given(source), port: given(port) }] },
    inputTypes: {},
    outputTypes: {},
    weights,
    weightsPath: path,
  };
};

/** `nodes` between the data port `data.x` and the mean of the last one's output. */
function meanPlan(
  nodes: readonly PlanNode[],
  optimizer: { kind: string; params: Record<string, unknown> },
): Plan {
  const last = given(nodes.at(-1));
  return {
    nodes: [...nodes, planNode('loss', 'mean-loss', `${last.path}.y`)],
    datasets: [
      {
        path: 'data',
        loader: 'none',
        params: {},
        facts: { outputs: {}, splits: { train: 1, validation: 0, test: 0 } },
      },
    ],
    losses: ['loss'],
    metrics: [],
    optimizers: [
      {
        path: 'optimizer',
        ...optimizer,
        loss: { path: 'loss', port: 'loss' },
        scope: nodes.map(({ path }) => path),
      },
    ],
    predictions: [],
    training: trainingSchema.parse({}),
  };
}

const batchOf = (rows: readonly (readonly number[])[]): Batch => ({
  size: rows.length,
  values: {
    'data.x': {
      shape: [rows.length, given(rows[0]).length],
      dtype: 'float32',
      data: Float32Array.from(rows.flat()),
    },
  },
});

let native: Runtime;
beforeAll(async () => {
  native = await nativeRuntime();
});

/** Several operations at a time: one after the other, in the thread of the call, they could not overtake. */
const pool = { xla: false, grappler: true, callerThread: false };

describe('an update', () => {
  it.each([
    ['adam', { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }],
    // Composed updates depend on the read by what they compute.
  ])(
    'of %s never overtakes a read: a linear critic has the same losses in 25 of 25 runs',
    async (kind, params) => {
      const width = 256;
      const weight = (shape: number[]) => ({ shape, init: { kind: 'ones' as const }, trainable: true });
      const plan = meanPlan(
        [
          planNode('hidden', 'dense', 'data.x', { kernel: weight([width, width]) }),
          planNode('critic', 'dense', 'hidden.y', { kernel: weight([width, 1]), bias: weight([1]) }),
        ],
        { kind, params },
      );
      const initialWeights = new Map([
        ['hidden/kernel', new Float32Array(width * width).fill(0.01)],
        ['critic/kernel', new Float32Array(width).fill(0.01)],
        ['critic/bias', new Float32Array(1)],
      ]);
      const batch = batchOf(Array.from({ length: 32 }, () => new Array<number>(width).fill(1)));
      const losses = async (runtime: Runtime): Promise<number[]> => {
        const session = await runtime.createSession(plan, { seed: 1, initialWeights, execution: pool });
        const found: number[] = [];
        for (let i = 0; i < 6; i += 1) found.push((await session.trainStep(batch, { optimizer: 0.1 })).loss);
        session.dispose();
        return found;
      };
      const expected = await losses(createCpuRuntime());
      for (let run = 0; run < 25; run += 1) {
        for (const [index, loss] of (await losses(native)).entries()) {
          const wanted = given(expected[index]);
          expect(Math.abs(loss - wanted)).toBeLessThan(1e-4 * Math.max(1, Math.abs(wanted)));
        }
      }
    },
  );
});

// Losses are the mean over one row of x·w, so that the gradient of w is x over its length.
describe.each<
  [string, { kind: string; params: Record<string, number | boolean> }, (state: Reference) => void]
>([
  [
    'torch.optim.SGD',
    { kind: 'sgd', params: { momentum: 0, nesterov: false, weightDecay: 0.1 } },
    (s) => {
      s.w -= s.lr * (s.g + 0.1 * s.w);
    },
  ],
  [
    'torch.optim.SGD with momentum',
    { kind: 'sgd', params: { momentum: 0.9, nesterov: false, weightDecay: 0.01 } },
    (s) => {
      s.m = 0.9 * s.m + (s.g + 0.01 * s.w);
      s.w -= s.lr * s.m;
    },
  ],
  [
    'torch.optim.SGD with Nesterov momentum',
    { kind: 'sgd', params: { momentum: 0.9, nesterov: true, weightDecay: 0 } },
    (s) => {
      s.m = 0.9 * s.m + s.g;
      s.w -= s.lr * (s.g + 0.9 * s.m);
    },
  ],
  [
    'torch.optim.Adam, also where epsilon is large',
    { kind: 'adam', params: { beta1: 0.9, beta2: 0.999, epsilon: 0.05, weightDecay: 0.01 } },
    (s) => {
      const g = s.g + 0.01 * s.w;
      s.m = 0.9 * s.m + 0.1 * g;
      s.v = 0.999 * s.v + 0.001 * g * g;
      const mHat = s.m / (1 - 0.9 ** s.t);
      const vHat = s.v / (1 - 0.999 ** s.t);
      s.w -= (s.lr * mHat) / (Math.sqrt(vHat) + 0.05);
    },
  ],
  [
    'torch.optim.AdamW',
    { kind: 'adamw', params: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 } },
    (s) => {
      s.w -= s.lr * 0.1 * s.w;
      s.m = 0.9 * s.m + 0.1 * s.g;
      s.v = 0.99 * s.v + 0.01 * s.g * s.g;
      s.w -= (s.lr * (s.m / (1 - 0.9 ** s.t))) / (Math.sqrt(s.v / (1 - 0.99 ** s.t)) + 1e-8);
    },
  ],
])('the formula of %s', (_, optimizer, reference) => {
  // The addon's kernels take weights of 512 numbers and more, in pieces of 16,384 and vectors of 4 to 16.
  it.each([
    ['the native runtime', 2, async () => native],
    ['the native runtime', 519, async () => native],
    ['the native runtime', 40_007, async () => native],
    ['the cpu runtime', 2, async () => createCpuRuntime()],
  ])('holds on %s for %d numbers while the learning rate changes', async (_name, length, runtimeOf) => {
    const weights = { w: { shape: [length], init: { kind: 'ones' as const }, trainable: true } };
    const plan = meanPlan([planNode('layer', 'weighted', 'data.x', weights)], optimizer);
    const start = Array.from({ length }, (_, index) => given([0.7, -1.3, 0.2][index % 3]));
    const runtime = await runtimeOf();
    const session: Session = await runtime.createSession(plan, {
      seed: 1,
      initialWeights: new Map([['layer/w', Float32Array.from(start)]]),
    });
    const states = start.map((w): Reference => ({ w, g: 0, m: 0, v: 0, t: 0, lr: 0 }));
    const gradients = [
      [0.25, -1],
      [0.75, 0.125],
      [-0.375, 1.5],
      [0.05, -0.1],
    ];
    for (const [index, pair] of gradients.entries()) {
      const lr = index < 2 ? 0.1 : 0.02;
      const gradient = start.map((_, position) => given(pair[position % 2]));
      await session.trainStep(batchOf([gradient.map((value) => value * length)]), { optimizer: lr });
      for (const [position, state] of states.entries()) {
        Object.assign(state, { g: given(gradient[position]), t: state.t + 1, lr });
        reference(state);
      }
      const { tensors } = await session.readState();
      const found = given(tensors.get('layer/w')).data;
      const apart = states.map(({ w }, position) => Math.abs(w - given(found[position])));
      expect(Math.max(...apart)).toBeLessThan(5e-6);
    }
    session.dispose();
  });
});

interface Reference {
  w: number;
  g: number;
  m: number;
  v: number;
  /** Steps done, this one included. */
  t: number;
  lr: number;
}

describe('a forward function that cannot be recorded', () => {
  const outside = tf.tensor1d([1, 2]);
  addLayer('reads-a-value', ({ ctx, inputs }) => {
    const x = given(inputs.x);
    return ctx.ops.mul(x, ctx.ops.scalar(x.dataSync()[0] ?? 0));
  });
  addLayer('uses-an-outside-tensor', ({ ctx, inputs }) => ctx.ops.mul(given(inputs.x), outside));
  addLayer('holds-a-large-constant', ({ ctx, inputs }) => {
    const large = tf.tensor1d(Float32Array.from({ length: 300_000 }, (_, index) => index));
    return ctx.ops.add(given(inputs.x), ctx.ops.sum(large));
  });

  it.each([
    ['reads-a-value', 'was read'],
    ['uses-an-outside-tensor', 'neither an input'],
    ['holds-a-large-constant', '1200000 bytes'],
  ])('%s: the error names the node', async (kind, message) => {
    const weights = { w: { shape: [2], init: { kind: 'ones' as const }, trainable: true } };
    const plan = meanPlan(
      [planNode('fine', 'weighted', 'data.x', weights), planNode('culprit', kind, 'fine.y')],
      { kind: 'sgd', params: { momentum: 0, nesterov: false, weightDecay: 0 } },
    );
    const session = await native.createSession(plan, {
      seed: 1,
      initialWeights: new Map([['fine/w', Float32Array.of(1, 1)]]),
    });
    const step = () => session.trainStep(batchOf([[1, 2]]), { optimizer: 0.1 });
    await expect(step()).rejects.toThrow(new RegExp(`^culprit: .*${message}`));
    // The failed recording leaves nothing behind that would keep the next from working.
    await expect(step()).rejects.toThrow('culprit');
    session.dispose();
  });
});
