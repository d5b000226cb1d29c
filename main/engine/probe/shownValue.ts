import type { TensorValue } from '#shared/protocol/run.ts';
import type { TensorType } from '#shared/types/portType.ts';
import type { BatchValue } from '../runtime.ts';

/** A batch of one as it is shown: without its batch dimension, and of a picture 0 black and 1 white. */
export function shownValue(value: BatchValue | undefined, type: TensorType | undefined): TensorValue {
  if (!value) throw new Error('the dataset gave no input');
  return { shape: value.shape.slice(1), data: shownNumbers(Float32Array.from(value.data), type) };
}

/** The numbers of a picture between 0 and 1; others as they are. */
export function shownNumbers(
  numbers: Float32Array<ArrayBuffer>,
  type: TensorType | undefined,
): Float32Array<ArrayBuffer> {
  if (type?.meaning?.kind !== 'image') return numbers;
  const [black, white] = type.meaning.range;
  return black === 0 && white === 1 ? numbers : numbers.map((value) => (value - black) / (white - black));
}
