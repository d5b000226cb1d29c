import type { OwnUnits, TensorType } from './portType.ts';

/** Undefined where the numbers of a type are as they are. */
export function ownUnitsOf(type: TensorType | undefined): OwnUnits | undefined {
  const { meaning } = type ?? {};
  return meaning?.kind === 'features' || meaning?.kind === 'series' ? meaning.units : undefined;
}

/** The numbers of one or several samples in their own units. */
export function inOwnUnits(numbers: readonly number[], units: OwnUnits | undefined): number[] {
  if (!units) return [...numbers];
  const { shift, scale } = units;
  return numbers.map(
    (number, at) => number * (scale[at % scale.length] ?? 1) + (shift[at % shift.length] ?? 0),
  );
}

/** What a distance between two numbers is to be multiplied by; 1 where columns differ in it. */
export function distanceScale(units: OwnUnits | undefined): number {
  const [first = 1, ...others] = units?.scale ?? [];
  return others.every((scale) => scale === first) ? first : 1;
}
