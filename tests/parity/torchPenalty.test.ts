import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAddon } from '#main/engine/addon/neuroloomAddon.ts';
import { createRandom } from '#main/engine/data/random.ts';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { createCoreOps } from '#main/engine/ops/coreOps.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import { gradientsOf } from '#main/engine/ops/tapeGradient.ts';
import { NATIVE_EAGER_BACKEND, registerTfjsNode } from '#main/engine/trace/tfjsNode.ts';
import type { Ops } from '#shared/nodes/ops.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { type Computing, eagerly, traced } from '../conformance/ops/computing.ts';
import { size, type Tensors, type Values } from '../conformance/ops/opCase.ts';
import { packPath } from '../engine/packPath.ts';
import { judge, preparePython } from './pythonJudge.ts';

type Activation = 'relu' | 'tanh' | 'sigmoid' | 'softplus' | 'elu' | 'selu' | 'gelu' | 'silu' | 'leakyRelu';
type Critic = 'dense' | 'convolutional' | 'recurrent';
interface Case {
  readonly name: string;
  readonly critic: Critic;
  readonly activation: Activation;
}

const shapes: Record<Critic, Readonly<Record<string, readonly number[]>>> = {
  dense: { x: [6, 5], w1: [5, 8], b1: [8], w2: [8, 7], b2: [7], w3: [7, 1] },
  convolutional: {
    x: [3, 12, 12, 2],
    k1: [3, 3, 2, 4],
    b1: [4],
    k2: [2, 2, 4, 5],
    b2: [5],
    scale: [5],
    offset: [5],
    w3: [20, 1],
  },
  recurrent: { x: [4, 5, 3], kernel: [3, 16], recurrent: [4, 16], b1: [16], w3: [4, 1] },
};
const activations: readonly Activation[] = [
  'relu',
  'leakyRelu',
  'tanh',
  'sigmoid',
  'softplus',
  'elu',
  'selu',
  'gelu',
  'silu',
];
const cases: readonly Case[] = [
  ...(['dense', 'convolutional'] as const).flatMap((critic) =>
    activations.map((activation) => ({ name: `${critic} with ${activation}`, critic, activation })),
  ),
  { name: 'recurrent', critic: 'recurrent', activation: 'tanh' },
];

function valuesOf({ name, critic }: Case): Values {
  const random = createRandom(11, name);
  return Object.fromEntries(
    Object.entries(shapes[critic]).map(([key, shape]) => {
      const data = Float32Array.from({ length: size(shape) }, () => random.uniform() * 1.6 - 0.8);
      return [key, { shape, dtype: 'float32' as const, data }];
    }),
  ) as Values;
}

function judged(ops: Ops, { critic, activation }: Case, t: Readonly<Record<string, tf.Tensor>>): tf.Tensor {
  const at = (name: string): tf.Tensor => {
    const tensor = t[name];
    if (!tensor) throw new Error(`no ${name}`);
    return tensor;
  };
  const f = (x: tf.Tensor) => (activation === 'leakyRelu' ? ops.leakyRelu(x, 0.2) : ops[activation](x));
  if (critic === 'dense') {
    const h = f(ops.affine(at('x'), at('w1'), at('b1')));
    return ops.matMul(f(ops.affine(h, at('w2'), at('b2'))), at('w3'));
  }
  if (critic === 'recurrent') {
    const zeros = ops.zeros([4, 4]);
    const { kernel, recurrent } = { kernel: at('kernel'), recurrent: at('recurrent') };
    const { h } = ops.lstm({ x: at('x'), h: zeros, c: zeros, kernel, recurrent, bias: at('b1') });
    return ops.matMul(h, at('w3'));
  }
  const plain = { strides: [1, 1], padding: 'valid' } as const;
  const halves = { size: [2, 2], strides: [2, 2], padding: 'valid' } as const;
  let h = f(ops.add(ops.conv2d(at('x'), at('k1'), plain), at('b1')));
  h = ops.maxPool2d(h, halves);
  h = f(ops.add(ops.conv2d(h, at('k2'), plain), at('b2')));
  h = ops.averagePool2d(h, halves);
  h = ops.layerNorm(h, at('scale'), at('offset'), 1e-5);
  return ops.matMul(ops.reshape(h, [3, 20]), at('w3'));
}

/** Penalty and its gradients with respect to everything. */
const penalised =
  (one: Case) =>
  (ops: Ops, inputs: Tensors): tf.Tensor[] => {
    const x = inputs.x as tf.Tensor;
    const xs = Object.values(inputs);
    let penalty: tf.Tensor | undefined;
    const gradients = gradientsOf(() => {
      const slope = ops.reshape(ops.gradient(judged(ops, one, inputs), x), [x.shape[0] ?? 1, -1]);
      const norm = ops.sqrt(ops.add(ops.sum(ops.square(slope), [1]), ops.scalar(1e-12)));
      penalty = tf.keep(ops.mean(ops.square(ops.sub(norm, ops.scalar(1)))));
      return penalty;
    }, xs);
    return [
      tf.reshape(penalty as tf.Tensor, [1]),
      ...xs.map((each, index) => gradients[index] ?? tf.zerosLike(each)),
    ];
  };

let folder: string;
let theirs: ReadonlyMap<string, TensorValue>;
const ways: Record<string, Computing> = {};

beforeAll(async () => {
  await preparePython('requirements.txt');
  await preparePython('requirements-torch.txt');
  const addon = loadAddon(join(packPath, 'addon', 'neuroloom.node'));
  await registerTfjsNode(addon);
  ways.traced = traced(addon, createNativeOps({ addonKernels: true }));
  ways.eager = eagerly(NATIVE_EAGER_BACKEND, createNativeOps({ addonKernels: true }));
  ways.cpu = eagerly('cpu', createCoreOps());
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-penalty-'));
  const [caseFile = '', tensorFile = '', answerFile = ''] = ['cases.json', 'given', 'answers'].map((name) =>
    join(folder, name),
  );
  const tensors = new Map<string, TensorValue>();
  for (const one of cases) {
    for (const [key, { shape, data }] of Object.entries(valuesOf(one))) {
      tensors.set(`${one.name}/${key}`, { shape, data });
    }
  }
  await writeFile(caseFile, JSON.stringify(cases));
  await writeFile(tensorFile, Buffer.concat(encodeSafetensors(tensors)));
  await judge('judge_penalty.py', caseFile, tensorFile, answerFile);
  theirs = decodeSafetensors(await readFile(answerFile)).tensors;
}, 1_800_000);
afterAll(() => rm(folder, { recursive: true }));

describe.each(['traced', 'eager', 'cpu'])('a gradient penalty, %s', (way) => {
  it.each(cases.map((one): [string, Case] => [one.name, one]))(
    '%s: value and gradients are PyTorch’s',
    async (name, one) => {
      const values = valuesOf(one);
      const found = (await ways[way]?.(values, penalised(one))) ?? [];
      for (const [index, key] of ['penalty', ...Object.keys(values).map((part) => `d-${part}`)].entries()) {
        const wanted = theirs.get(`${name}/${key}`);
        const mine = found[index];
        expect(mine?.shape, key).toEqual(wanted?.shape);
        const largest = Math.max(1, ...(wanted?.data.map(Math.abs) ?? []));
        const errors = wanted?.data.map((value, place) =>
          Math.abs(value - (mine?.data[place] ?? Number.NaN)),
        );
        expect(Math.max(...(errors ?? [Number.NaN])) / largest, key).toBeLessThanOrEqual(1e-5);
      }
    },
  );
});
