import type { Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '#main/engine/data/random.ts';
import type { Ops } from '#shared/nodes/ops.ts';
import type { TensorValue } from '#shared/protocol/run.ts';

/** Values of one input of an operation, the same in every run. */
export interface Input {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Differentiated with respect to it; float inputs unless said otherwise. */
  readonly differentiable: boolean;
  values(name: string): Float32Array | Int32Array;
}

export type Tensors = Readonly<Record<string, Tensor>>;

export interface OpCase {
  readonly op: keyof Ops;
  readonly name: string;
  readonly inputs: Readonly<Record<string, Input>>;
  run(ops: Ops, inputs: Tensors): Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;
  /** Kernel that the error must name when the operation is differentiated twice; it can be where absent. */
  readonly refusesTwice?: string;
  /** No gradient is asked for: integer or boolean results, or none that reaches the inputs. */
  readonly noGradient?: boolean;
  /** Where its gradient is given, not that of its values. */
  readonly gradientIsItsOwn?: boolean;
}

export const size = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** Uniform in [low, high). */
export function floats(shape: readonly number[], [low, high]: readonly [number, number] = [-1, 1]): Input {
  return {
    shape,
    dtype: 'float32',
    differentiable: true,
    values: (name) => {
      const random = createRandom(3, name);
      return Float32Array.from({ length: size(shape) }, () => low + (high - low) * random.uniform());
    },
  };
}

/** All different, evenly spaced over (-2, 2) without zero, in random order: no kink is near. */
export function distinct(shape: readonly number[]): Input {
  return {
    shape,
    dtype: 'float32',
    differentiable: true,
    values: (name) => {
      const random = createRandom(5, name);
      const count = size(shape);
      const places = Array.from({ length: count }, (_, index) => index);
      for (let last = count - 1; last > 0; last -= 1) {
        const other = random.below(last + 1);
        [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
      }
      const even = count + (count % 2);
      return Float32Array.from(places, (place) => ((place + 0.5) / even) * 4 - 2);
    },
  };
}

export const whole = (shape: readonly number[], values: readonly number[]): Input => ({
  shape,
  dtype: 'int32',
  differentiable: false,
  values: () => Int32Array.from(values),
});

export const given = (shape: readonly number[], values: readonly number[]): Input => ({
  shape,
  dtype: 'float32',
  differentiable: true,
  values: () => Float32Array.from(values),
});

export const fixed = (input: Input): Input => ({ ...input, differentiable: false });

export type Values = Readonly<Record<string, TensorValue & { readonly dtype: 'float32' | 'int32' }>>;

export function valuesOf(one: OpCase): Values {
  return Object.fromEntries(
    Object.entries(one.inputs).map(([name, input]) => [
      name,
      {
        shape: [...input.shape],
        dtype: input.dtype,
        data: Float32Array.from(input.values(`${one.op}/${one.name}/${name}`)),
      },
    ]),
  );
}

export function resultsOf(result: ReturnType<OpCase['run']>): Tensor[] {
  if ('dataId' in result) return [result as Tensor];
  return Array.isArray(result) ? [...result] : Object.values(result as Readonly<Record<string, Tensor>>);
}
