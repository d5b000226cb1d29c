import type { Split } from '#shared/protocol/engine.ts';

export type StoredValues = Uint8Array | Int32Array | Float32Array;

/**
 * How the samples of one output port are kept. The port's value is `stored / divisor`, or with `scaling`
 * `(stored / divisor − shift) · gain`, each operation in single precision wherever it is done: here, or in
 * the program that was fed the stored numbers.
 */
export interface ColumnFormat {
  readonly stored: 'uint8' | 'int32' | 'float32';
  /** Element type of the port. */
  readonly dtype: 'float32' | 'int32';
  /** 1 leaves the numbers as they are; other values only where `dtype` is float32. */
  readonly divisor: number;
  /** One number for all, or one for each place of the last dimension; only of bytes that become float32. */
  readonly scaling?: { readonly shift: readonly number[]; readonly gain: readonly number[] };
  /** Of one sample. */
  readonly shape: readonly number[];
}

/** Values of one port for some samples, batch first. */
export interface PortValue {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly data: Float32Array | Int32Array;
}

export interface Column {
  readonly format: ColumnFormat;
  /** Sample after sample. */
  readonly data: StoredValues;
}

/** A data set in memory: columns by output port, with the samples of a split one after the other. */
export interface Table {
  readonly columns: Readonly<Record<string, Column>>;
  /** Row of each split's first sample. */
  readonly firstRow: Readonly<Record<Split, number>>;
  readonly rows: number;
}

/** A batch's values as they are stored. */
export interface PackedValue {
  readonly format: ColumnFormat;
  readonly data: StoredValues;
}

const arrays = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array } as const;

export const sampleLength = ({ shape }: ColumnFormat): number =>
  shape.reduce((product, dim) => product * dim, 1);

export const sampleBytes = (format: ColumnFormat): number =>
  sampleLength(format) * arrays[format.stored].BYTES_PER_ELEMENT;

export const allocate = (format: ColumnFormat, samples: number): StoredValues =>
  new arrays[format.stored](samples * sampleLength(format));

/** Stored numbers as a typed view of bytes that were read from a file in the machine's own order. */
export const viewOf = ({ stored }: ColumnFormat, bytes: Uint8Array<ArrayBuffer>): StoredValues =>
  new arrays[stored](bytes.buffer, bytes.byteOffset, bytes.byteLength / arrays[stored].BYTES_PER_ELEMENT);

/** `value` where it can be filled again in place of a new array. */
export function reusable(value: PortValue | undefined, format: ColumnFormat, samples: number) {
  const type = arrays[format.dtype];
  const length = samples * sampleLength(format);
  return value && value.data instanceof type && value.data.length === length ? value.data : new type(length);
}

/** The port's values of `samples` stored samples, written into `into`. */
export function decode(
  { format, data }: PackedValue,
  samples: number,
  into: Float32Array | Int32Array,
): PortValue {
  const shape = [samples, ...format.shape];
  if (format.scaling) {
    const tables = scaledBytes(format.divisor, format.scaling);
    for (let index = 0; index < data.length; index += 1) {
      into[index] = (tables[index % tables.length] as Float32Array)[data[index] as number] as number;
    }
  } else if (format.divisor === 1) {
    into.set(data);
  } else if (format.stored === 'uint8') {
    const quotients = quotientsOf(format.divisor);
    for (let index = 0; index < data.length; index += 1) {
      into[index] = quotients[data[index] as number] as number;
    }
  } else {
    const { divisor } = format;
    for (let index = 0; index < data.length; index += 1) into[index] = (data[index] as number) / divisor;
  }
  return { shape, dtype: format.dtype, data: into };
}

const quotients = new Map<number, Float32Array>();

/** The 256 quotients of a byte: looking them up is faster than dividing. */
function quotientsOf(divisor: number): Float32Array {
  const known = quotients.get(divisor);
  if (known) return known;
  const made = Float32Array.from({ length: 256 }, (_, byte) => byte / divisor);
  quotients.set(divisor, made);
  return made;
}

/** The 256 scaled bytes of each place of the last dimension. */
function scaledBytes(
  divisor: number,
  { shift, gain }: NonNullable<ColumnFormat['scaling']>,
): readonly Float32Array[] {
  const quotients = quotientsOf(divisor);
  return shift.map((taken, place) =>
    quotients.map((quotient) => Math.fround(quotient - Math.fround(taken)) * Math.fround(gain[place] ?? 1)),
  );
}
