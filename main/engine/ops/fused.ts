import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from './arrays.ts';
import { gradientOfSum, isRecorded } from './tapeGradient.ts';

type MaybeTensor = tf.Tensor | undefined;

export interface Fused {
  readonly outputs: readonly tf.Tensor[];
  /** What `backward` needs: anything that was given or computed on the way. */
  readonly keep: readonly tf.Tensor[];
  /** One gradient for each input; `dys` lacks those of outputs that nothing depends on. */
  backward(dys: readonly MaybeTensor[], kept: readonly tf.Tensor[]): readonly MaybeTensor[];
}

/**
 * An operation with a hand-written gradient. Where that gradient will itself be differentiated, the
 * gradient of `composed`, the same function in differentiable operations, is taken in its place: what
 * a hand-written one keeps is not on the tape, and would count as constant.
 */
export function fusedMany(
  inputs: readonly tf.Tensor[],
  forward: (inputs: readonly tf.Tensor[]) => Fused,
  composed: (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const engine = tf.engine();
  const { state } = engine;
  const recorded = isRecorded();
  let backward: Fused['backward'] | undefined;
  const saved: tf.Tensor[] = [];
  const keep = (tensor: tf.Tensor) => saved.push(engine.keep(tensor));
  // Copies of the inputs that are on the tape; what else is kept is on none.
  if (recorded) for (const input of inputs) keep(tf.clone(input));
  state.kernelDepth += 1;
  let outputs: readonly tf.Tensor[];
  try {
    outputs = tf.tidy(() => {
      const result = forward(inputs);
      if (recorded) {
        backward = result.backward;
        for (const tensor of result.keep) keep(stopGradient(tensor));
      }
      return [...result.outputs];
    });
  } finally {
    state.kernelDepth -= 1;
  }
  if (!recorded) return outputs;
  state.nextTapeNodeId += 1;
  state.activeTape.push({
    id: state.nextTapeNodeId,
    kernelName: 'Fused',
    inputs: Object.fromEntries(inputs.map((input, index) => [`${index}`, input])),
    outputs: [...outputs],
    saved,
    gradient: (dys: readonly (tf.Tensor | null)[]) => {
      const given = dys.map((dy) => dy ?? undefined);
      const gradients = isRecorded()
        ? again(given, saved.slice(0, inputs.length), composed)
        : (backward?.(given, saved.slice(inputs.length)) ?? []);
      return Object.fromEntries(
        inputs.map((input, index) => [`${index}`, () => gradients[index] ?? tf.zerosLike(input)]),
      );
    },
  });
  return outputs;
}

function again(
  dys: readonly MaybeTensor[],
  inputs: readonly tf.Tensor[],
  composed: (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[],
): readonly MaybeTensor[] {
  const products = composed(inputs).flatMap((output, index) => {
    const dy = dys[index];
    return dy ? [tf.sum(tf.mul(output, dy))] : [];
  });
  const [first, ...rest] = products;
  if (!first) return [];
  return gradientOfSum(
    rest.reduce((sum, product) => tf.add(sum, product), first),
    inputs,
  );
}

/** The same with one output. */
export function fused(
  inputs: readonly tf.Tensor[],
  forward: (inputs: readonly tf.Tensor[]) => {
    value: tf.Tensor;
    keep: readonly tf.Tensor[];
    backward(dy: tf.Tensor, kept: readonly tf.Tensor[]): readonly MaybeTensor[];
  },
  composed: (inputs: readonly tf.Tensor[]) => tf.Tensor,
): tf.Tensor {
  const outputs = fusedMany(
    inputs,
    (given) => {
      const { value, keep, backward } = forward(given);
      return { outputs: [value], keep, backward: (dys, kept) => backward(part(dys, 0), kept) };
    },
    (given) => [composed(given)],
  );
  return part(outputs, 0);
}

/** The numbered one of what was kept or given. */
export function part(tensors: readonly MaybeTensor[], index: number): tf.Tensor {
  const tensor = tensors[index];
  if (!tensor) throw new Error('a fused operation lost a tensor');
  return tensor;
}
