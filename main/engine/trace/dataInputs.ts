import * as tf from '@tensorflow/tfjs-core';
import type { ValueRef } from '#shared/compile/plan.ts';
import { TfType } from '../addon/neuroloomAddon.ts';
import type { ColumnFormat } from '../data/column.ts';
import type { Batch } from '../runtime.ts';
import { refKey } from './forward.ts';
import { float32Type, type GraphBuilder, typeAttr } from './graphBuilder.ts';
import type { ResidentStore } from './residentStore.ts';
import type { StepScalar } from './resourceUpdates.ts';
import type { SymbolicBackend } from './symbolicBackend.ts';

/** The numbers of a data port, as the port has them. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}
/** The numbers of a data port as they are stored. */
interface PackedSpec {
  readonly format: ColumnFormat;
  readonly samples: number;
}
/** Row numbers of a data set that the session holds. */
interface RowsSpec {
  readonly resident: ResidentStore;
  readonly samples: number;
}
/** What a batch brings, by data port `<path>.<port>`, or by dataset path where that is row numbers. */
export type InputSpecs = ReadonlyMap<string, InputSpec | PackedSpec | RowsSpec>;

export interface ProgramInput {
  readonly key: string;
  readonly form: 'values' | 'packed' | 'rows';
  readonly shape: readonly number[];
  readonly dtype: ColumnFormat['stored'];
  readonly output: number;
}

export function inputSpecs(batch: Batch, resident: ResidentStore | undefined): InputSpecs {
  const specs = new Map<string, InputSpec | PackedSpec | RowsSpec>(Object.entries(batch.values));
  for (const [key, { format }] of Object.entries(batch.packed ?? {})) {
    specs.set(key, { format, samples: batch.size });
  }
  for (const path of Object.keys(batch.rows ?? {})) {
    if (!resident) throw new Error(`the session does not hold ${path}`);
    specs.set(path, { resident, samples: batch.size });
  }
  return specs;
}

/** The same text for batches that one program serves. */
export function specsKey(specs: InputSpecs): string {
  const parts = [...specs].map(([key, spec]) => {
    if ('resident' in spec) return `${key}:rows[${spec.samples}]`;
    if ('format' in spec) {
      const { stored, divisor, scaling } = spec.format;
      const scaled = scaling ? `−${scaling.shift.join(',')}·${scaling.gain.join(',')}` : '';
      return `${key}:${stored}/${divisor}${scaled}[${spec.samples}]`;
    }
    return `${key}:${spec.dtype}[${spec.shape.join(',')}]`;
  });
  return parts.sort().join(' ');
}

export function inputData(batch: Batch, { key, form }: ProgramInput) {
  const value =
    form === 'rows'
      ? batch.rows?.[key]
      : form === 'packed'
        ? batch.packed?.[key]?.data
        : batch.values[key]?.data;
  if (!value) throw new Error(`the batch has no values for ${key}`);
  return value;
}

/** Makes the tensors of a program's data ports out of what its batches bring. */
export class DataInputs {
  readonly #graph: GraphBuilder;
  readonly #backend: SymbolicBackend;
  readonly #specs: InputSpecs;
  readonly #inputs = new Map<string, ProgramInput>();
  readonly #tensors = new Map<string, tf.Tensor>();
  readonly #divisors = new Map<number, StepScalar>();

  constructor(graph: GraphBuilder, backend: SymbolicBackend, specs: InputSpecs) {
    this.#graph = graph;
    this.#backend = backend;
    this.#specs = specs;
  }

  get inputs(): ProgramInput[] {
    return [...this.#inputs.values()];
  }

  get scalars(): StepScalar[] {
    return [...this.#divisors.values()];
  }

  tensor(ref: ValueRef): tf.Tensor {
    const key = refKey(ref);
    const known = this.#tensors.get(key);
    if (known) return known;
    const tensor = tf.keep(this.#make(ref, key));
    this.#tensors.set(key, tensor);
    return tensor;
  }

  #make(ref: ValueRef, key: string): tf.Tensor {
    const rows = this.#specs.get(ref.path);
    if (rows && 'resident' in rows) {
      const feed = this.#input(ref.path, 'rows', [rows.samples], 'int32');
      const { output, format } = rows.resident.gather(this.#graph, ref, feed);
      return this.#decode(output, format, rows.samples);
    }
    const spec = this.#specs.get(key);
    if (!spec || 'resident' in spec) throw new Error(`the batch has no values for ${key}`);
    if ('format' in spec) {
      const { format, samples } = spec;
      const output = this.#input(key, 'packed', [samples, ...format.shape], format.stored);
      return this.#decode(output, format, samples);
    }
    const id = this.#input(key, 'values', spec.shape, spec.dtype);
    return this.#backend.tensorOf({ id, dtype: TfType[spec.dtype], shape: spec.shape });
  }

  #input(
    key: string,
    form: ProgramInput['form'],
    shape: readonly number[],
    dtype: ColumnFormat['stored'],
  ): number {
    const known = this.#inputs.get(key);
    if (known) return known.output;
    const output = this.#graph.placeholder(TfType[dtype], shape).id;
    this.#inputs.set(key, { key, form, shape, dtype, output });
    return output;
  }

  #decode(stored: number, format: ColumnFormat, samples: number): tf.Tensor {
    const { dtype, divisor, scaling } = format;
    let id = stored;
    if (format.stored !== dtype) {
      const types = [typeAttr('SrcT', TfType[format.stored]), typeAttr('DstT', TfType[dtype])];
      id = this.#graph.addValue('Cast', [id], types).id;
    }
    if (divisor !== 1) id = this.#graph.addValue('RealDiv', [id, this.#divisor(divisor)], [float32Type]).id;
    if (scaling) {
      id = this.#graph.addValue('Sub', [id, this.#numbers(scaling.shift)], [float32Type]).id;
      id = this.#graph.addValue('Mul', [id, this.#numbers(scaling.gain)], [float32Type]).id;
    }
    return this.#backend.tensorOf({ id, dtype: TfType[dtype], shape: [samples, ...format.shape] });
  }

  #numbers(values: readonly number[]): number {
    return this.#graph.constant(TfType.float32, [values.length], Float32Array.from(values)).id;
  }

  /**
   * Fed at each step: Grappler and XLA would make a constant's division a multiplication by its
   * reciprocal, which rounds differently.
   */
  #divisor(divisor: number): number {
    const known = this.#divisors.get(divisor);
    if (known) return known.output;
    const output = this.#graph.placeholder(TfType.float32, []).id;
    this.#divisors.set(divisor, { output, value: () => divisor });
    return output;
  }
}
