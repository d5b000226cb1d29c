import type { TensorValue } from '#shared/protocol/run.ts';
import { inOwnUnits, ownUnitsOf } from '#shared/types/ownUnits.ts';
import type { TensorType } from '#shared/types/portType.ts';
import type { BatchValue } from '../runtime.ts';

/** A batch of one as it is shown, without its batch dimension. */
export function shownValue(value: BatchValue | undefined, type: TensorType | undefined): TensorValue {
  if (!value) throw new Error('the dataset gave no input');
  return { shape: value.shape.slice(1), data: Float32Array.from(shownNumbers(value.data, type)) };
}

/** Numbers of a picture with black 0 and white 1, normalised ones in their own units, others as they are. */
export function shownNumbers(numbers: ArrayLike<number>, type: TensorType | undefined): number[] {
  const all = Array.from(numbers);
  if (type?.meaning?.kind !== 'image') return inOwnUnits(all, ownUnitsOf(type));
  const [black, white] = type.meaning.range;
  return black === 0 && white === 1 ? all : all.map((value) => (value - black) / (white - black));
}
