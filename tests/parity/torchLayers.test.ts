import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#main/engine/data/random.ts';
import { decodeSafetensors, encodeSafetensors } from '#main/engine/exports/safetensors.ts';
import { createCoreOps } from '#main/engine/ops/coreOps.ts';
import { createNativeOps } from '#main/engine/ops/nativeOps.ts';
import { selectBackend } from '#main/engine/trace/selectBackend.ts';
import { NATIVE_EAGER_BACKEND } from '#main/engine/trace/tfjsNode.ts';
import { activationSchema } from '#shared/nodes/activations.ts';
import type { Ops } from '#shared/nodes/ops.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { nativeRuntime } from '../engine/traceSupport.ts';
import { judge, preparePython } from './pythonJudge.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;
interface Case {
  readonly name: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: Shapes;
  readonly weights: Shapes;
  /** Inputs that are classes 0 to 3. */
  readonly integers: readonly string[];
}

const layer = (
  name: string,
  kind: string,
  params: Case['params'],
  inputs: Shapes,
  weights: Shapes = {},
  integers: readonly string[] = [],
): Case => ({ name, kind, params, inputs, weights, integers });

const convolution = (name: string, params: Case['params'], kernel: readonly [number, number]): Case =>
  layer(
    `conv2d ${name}`,
    'conv2d',
    { filters: 4, kernelSize: kernel, ...params },
    { x: [2, 9, 8, 3] },
    { kernel: [...kernel, 3, 4], bias: [4] },
  );

/** Sizes that do not divide evenly, so that padding and the last window count. */
const pools = ['max-pool2d', 'average-pool2d'].flatMap((kind) =>
  (['valid', 'same'] as const).flatMap((padding) => [
    layer(`${kind} ${padding}`, kind, { padding }, { x: [2, 7, 6, 3] }),
    layer(
      `${kind} ${padding}, overlapping`,
      kind,
      { padding, poolSize: [3, 2], strides: [2, 1] },
      { x: [2, 8, 7, 3] },
    ),
  ]),
);

const perChannel = { scale: [5], offset: [5] };
const cases: readonly Case[] = [
  layer('dense', 'dense', { units: 6 }, { x: [5, 7] }, { kernel: [7, 6], bias: [6] }),
  layer('dense without bias', 'dense', { units: 6, bias: false }, { x: [5, 7] }, { kernel: [7, 6] }),
  convolution('same', { padding: 'same' }, [3, 3]),
  convolution('valid', { padding: 'valid' }, [3, 3]),
  convolution('same, strides', { padding: 'same', strides: [2, 2] }, [3, 3]),
  convolution('valid, strides', { padding: 'valid', strides: [2, 1] }, [3, 2]),
  convolution('same, even kernel', { padding: 'same' }, [4, 2]),
  ...pools,
  layer('batch norm of images', 'batch-normalization', {}, { x: [6, 28, 28, 5] }, perChannel),
  layer('batch norm of features', 'batch-normalization', { epsilon: 1e-3 }, { x: [9, 5] }, perChannel),
  ...activationSchema.options.map((activation) =>
    layer(`activation ${activation}`, 'activation', { activation }, { x: [4, 6] }),
  ),
  ...[0, 0.1].map((labelSmoothing) =>
    layer(
      `cross-entropy, smoothing ${labelSmoothing}`,
      'softmax-cross-entropy',
      { labelSmoothing },
      { logits: [6, 4], labels: [6] },
      {},
      ['labels'],
    ),
  ),
  layer('squared error', 'mean-squared-error', {}, { prediction: [5, 3], target: [5, 3] }),
  layer('squared error of classes', 'mean-squared-error', {}, { prediction: [6, 4], target: [6] }, {}, [
    'target',
  ]),
];

let folder: string;
const ours = new Map<Ops, Map<string, TensorValue>>();
let theirs: ReadonlyMap<string, TensorValue>;
const implementations: readonly (readonly [string, Ops])[] = [
  ['native', createNativeOps({ addonKernels: true })],
  ['composed', createCoreOps()],
];

beforeAll(async () => {
  await preparePython('requirements.txt');
  await preparePython('requirements-torch.txt');
  await nativeRuntime();
  selectBackend(NATIVE_EAGER_BACKEND);
  folder = await mkdtemp(join(tmpdir(), 'neuroloom-parity-'));
  const tensors = new Map<string, TensorValue>();
  for (const [, ops] of implementations) {
    const answers = new Map<string, TensorValue>();
    ours.set(ops, answers);
    for (const one of cases) compute(one, ops, tensors, answers);
  }
  const files = ['cases.json', 'tensors.safetensors', 'answers.safetensors'].map((name) =>
    join(folder, name),
  );
  const [caseFile = '', tensorFile = '', answerFile = ''] = files;
  const described = cases.map(({ name, kind, params, integers }) => {
    const definition = findNodeDefinition(kind);
    return { name, kind, params: definition?.params.parse(params), integers };
  });
  await writeFile(caseFile, JSON.stringify(described));
  await writeFile(tensorFile, Buffer.concat(encodeSafetensors(tensors)));
  await judge('judge_layers.py', caseFile, tensorFile, answerFile);
  theirs = decodeSafetensors(await readFile(answerFile)).tensors;
}, 1_800_000);
afterAll(() => rm(folder, { recursive: true }));

const numbersOf = (tensor: tf.Tensor): TensorValue => ({
  shape: [...tensor.shape],
  data: Float32Array.from(tensor.dataSync()),
});

/** A case's value and the gradients of its weighted sum, with the numbers that they are computed from. */
function compute(one: Case, ops: Ops, tensors: Map<string, TensorValue>, answers: Map<string, TensorValue>) {
  const definition = findNodeDefinition(one.kind);
  if (definition?.role !== 'layer' && definition?.role !== 'loss') throw new Error(`no layer ${one.kind}`);
  const random = createRandom(7, one.name);
  const make = (name: string, shape: readonly number[]): tf.Tensor => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const whole = one.integers.includes(name);
    const data = Float32Array.from({ length: size }, () =>
      whole ? Math.floor(random.uniform() * 4) : random.uniform() * 2 - 1,
    );
    tensors.set(`${one.name}/${name}`, { shape: [...shape], data });
    return tf.tensor(data, [...shape], whole ? 'int32' : 'float32');
  };
  const given = Object.fromEntries(
    [...Object.entries(one.inputs), ...Object.entries(one.weights)].map(([name, shape]) => [
      name,
      make(name, shape),
    ]),
  );
  const names = Object.keys(given).filter((name) => !one.integers.includes(name));
  const channels = one.weights.scale ?? [1];
  const forward = (...leaves: tf.Tensor[]): tf.Tensor => {
    const all = { ...given, ...Object.fromEntries(names.map((name, index) => [name, leaves[index]])) };
    const pick = (shapes: Shapes) =>
      Object.fromEntries(Object.keys(shapes).map((name) => [name, all[name] as tf.Tensor]));
    const result = definition.forward({
      ctx: {
        ops,
        training: true,
        random: { uniform: tf.zeros, normal: tf.zeros, dropped: (x) => x },
        update: () => undefined,
      },
      inputs: pick(one.inputs),
      lists: {},
      weights: {
        ...pick(one.weights),
        movingMean: tf.zeros([...channels]),
        movingVariance: tf.ones([...channels]),
      },
      params: definition.params.parse(one.params),
    });
    const [value] = Object.values(result);
    if (!value) throw new Error(`${one.name} has no value`);
    return value;
  };
  const leaves = names.map((name) => given[name] as tf.Tensor);
  const value = forward(...leaves);
  answers.set(`${one.name}/value`, numbersOf(value));
  const weights = make('weights', value.shape);
  const gradients = tf.grads((...args: tf.Tensor[]) => tf.sum(tf.mul(forward(...args), weights)))(leaves);
  for (const [index, name] of names.entries()) {
    const gradient = gradients[index];
    if (gradient) answers.set(`${one.name}/d-${name}`, numbersOf(gradient));
  }
}

describe.each(implementations)('layers in %s operations', (_, ops) => {
  it.each(cases.map(({ name }) => name))('%s: values and gradients are PyTorch’s', (name) => {
    const answers = ours.get(ops) ?? new Map<string, TensorValue>();
    const keys = [...theirs.keys()].filter((key) => key.startsWith(`${name}/`));
    expect([...answers.keys()].filter((key) => key.startsWith(`${name}/`)).sort()).toEqual(keys.sort());
    for (const key of keys) {
      const mine = answers.get(key);
      const wanted = theirs.get(key);
      expect(mine?.shape, key).toEqual(wanted?.shape);
      const largest = Math.max(1, ...(wanted?.data.map(Math.abs) ?? []));
      const errors = wanted?.data.map((value, index) => Math.abs(value - (mine?.data[index] ?? Number.NaN)));
      expect(Math.max(...(errors ?? [Number.NaN])) / largest, key).toBeLessThanOrEqual(1e-5);
    }
  });
});
