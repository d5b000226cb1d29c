import * as tf from '@tensorflow/tfjs-core';
import type { NeuroloomAddon } from '#main/engine/addon/neuroloomAddon.ts';
import { TfType } from '#main/engine/addon/neuroloomAddon.ts';
import { createRandom } from '#main/engine/data/random.ts';
import { gradientsOf } from '#main/engine/ops/tapeGradient.ts';
import { defaultExecution, sessionConfig } from '#main/engine/runtimes/tensorflow/sessionConfig.ts';
import { GraphBuilder } from '#main/engine/trace/graphBuilder.ts';
import { selectBackend } from '#main/engine/trace/selectBackend.ts';
import { registerTfjsNode } from '#main/engine/trace/tfjsNode.ts';
import type { Ops } from '#shared/nodes/ops.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { type OpCase, resultsOf, size, type Tensors, type Values, valuesOf } from './opCase.ts';

/** Values (0), their gradients (1), and the gradients of the gradients (2): each a list of tensors. */
export type Order = 0 | 1 | 2;

/** A way to compute something from the values of its inputs. */
export type Computing = (
  values: Values,
  body: (ops: Ops, inputs: Tensors) => readonly tf.Tensor[],
) => Promise<TensorValue[]>;

/** A case's quantity of an order. */
export const computeCase = (
  compute: Computing,
  one: OpCase,
  order: Order,
  values: Values = valuesOf(one),
): Promise<TensorValue[]> => compute(values, (ops, inputs) => quantity(one, order, ops, inputs));

/** One operation after the other on a registered backend. */
export function eagerly(backend: string, ops: Ops): Computing {
  return async (values, body) => {
    selectBackend(backend);
    const results = tf.tidy(() => {
      const inputs = Object.fromEntries(
        Object.entries(values).map(([name, { shape, dtype, data }]) => [
          name,
          tf.tensor(dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data), [...shape], dtype),
        ]),
      );
      return [...body(ops, inputs)];
    });
    const read: TensorValue[] = [];
    for (const tensor of results) {
      read.push({ shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
      tensor.dispose();
    }
    return read;
  };
}

/** Recorded into a TensorFlow graph, which then runs as one call. */
export function traced(addon: NeuroloomAddon, ops: Ops): Computing {
  return async (values, body) => {
    const backend = await registerTfjsNode(addon);
    const graph = new GraphBuilder(addon);
    const feeds: { output: number; dtype: number; shape: readonly number[] }[] = [];
    const { fetches, shapes } = backend.trace(graph, () => {
      const inputs = Object.fromEntries(
        Object.entries(values).map(([name, { shape, dtype }]) => {
          const placeholder = graph.placeholder(TfType[dtype], shape);
          feeds.push({ output: placeholder.id, dtype: TfType[dtype], shape });
          return [name, tf.keep(backend.tensorOf({ ...placeholder, shape }))];
        }),
      );
      const results = body(ops, inputs);
      return {
        fetches: results.map((tensor) => backend.outputOf(tensor)),
        shapes: results.map(({ shape }) => shape),
      };
    });
    const session = addon.createSession(graph.handle, sessionConfig(defaultExecution, 1));
    const call = addon.prepareCall(session, feeds, fetches, []);
    const fetched = await addon.runCall(
      call,
      Object.values(values).map(({ dtype, data }) =>
        dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data),
      ),
    );
    addon.closeSession(session);
    return fetched.map(({ shape, data }, index) => {
      if (shape.join() !== shapes[index]?.join()) throw new Error(`[${shape}] for [${shapes[index]}]`);
      return { shape: [...shape], data: Float32Array.from(data as Float32Array) };
    });
  };
}

function quantity(one: OpCase, order: Order, ops: Ops, inputs: Tensors): tf.Tensor[] {
  const forward = () => resultsOf(one.run(ops, inputs));
  if (order === 0) return forward().map((tensor) => tf.cast(tensor, 'float32'));
  const xs = differentiable(one).map((name) => inputs[name] as tf.Tensor);
  const first = () => weightedSum(forward(), `${one.op}/${one.name}`);
  if (order === 1) return orZeros(gradientsOf(first, xs), xs);
  const second = () => {
    const y = first();
    return weightedSum(
      xs.map((x) => ops.gradient(y, x)),
      `${one.op}/${one.name}/twice`,
    );
  };
  return orZeros(gradientsOf(second, xs), xs);
}

const orZeros = (gradients: readonly (tf.Tensor | undefined)[], xs: readonly tf.Tensor[]): tf.Tensor[] =>
  xs.map((x, index) => gradients[index] ?? tf.zerosLike(x));

export const differentiable = (one: OpCase): string[] =>
  Object.keys(one.inputs).filter((name) => one.inputs[name]?.differentiable);

function weightsOf(shape: readonly number[], stream: string): Float32Array {
  const random = createRandom(9, stream);
  return Float32Array.from({ length: size(shape) }, () => 2 * random.uniform() - 1);
}

function weightedSum(tensors: readonly tf.Tensor[], stream: string): tf.Tensor {
  const sums = tensors.map((tensor, index) =>
    tf.sum(tf.mul(tensor, tf.tensor(weightsOf(tensor.shape, `${stream}/${index}`), tensor.shape))),
  );
  return sums.reduce((total, sum) => tf.add(total, sum));
}

/** The same sum out of values, in double precision. */
function weightedValue(values: readonly TensorValue[], stream: string): number {
  let sum = 0;
  for (const [index, { shape, data }] of values.entries()) {
    const weights = weightsOf(shape, `${stream}/${index}`);
    for (const [place, value] of data.entries()) sum += value * (weights[place] ?? 0);
  }
  return sum;
}

/**
 * Slope of the quantity of `order − 1` along a direction in each input, by central differences at two
 * distances: `error` is how far they disagree.
 */
export async function differences(
  compute: Computing,
  one: OpCase,
  order: 1 | 2,
): Promise<{ name: string; direction: Float32Array; slope: number; error: number }[]> {
  const values = valuesOf(one);
  const stream = order === 1 ? `${one.op}/${one.name}` : `${one.op}/${one.name}/twice`;
  const found = [];
  for (const name of differentiable(one)) {
    const value = values[name];
    if (!value) continue;
    const direction = weightsOf(value.shape, `direction/${name}`);
    const at = async (distance: number): Promise<number> => {
      const data = value.data.map((number, index) => number + distance * (direction[index] ?? 0));
      const moved = { ...values, [name]: { ...value, data } };
      return weightedValue(await computeCase(compute, one, order === 1 ? 0 : 1, moved), stream);
    };
    const slopeAt = async (distance: number): Promise<number> =>
      ((await at(distance)) - (await at(-distance))) / (2 * distance);
    const [wide, narrow] = [await slopeAt(8e-3), await slopeAt(4e-3)];
    // Richardson's extrapolation: what is left of the error is of the fourth order.
    const slope = (4 * narrow - wide) / 3;
    found.push({ name, direction, slope, error: Math.abs(slope - wide) });
  }
  return found;
}
