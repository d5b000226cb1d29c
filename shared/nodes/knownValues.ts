import type { TensorType } from '../types/portType.ts';

/** How many different whole numbers the data has at an input: classes or tokens; undefined where it does not say. */
export function knownValues(type: TensorType | undefined): number | undefined {
  const meaning = type?.meaning;
  if (meaning?.kind === 'class') return meaning.labels.length;
  return meaning?.kind === 'tokens' ? meaning.vocabulary.length : undefined;
}
