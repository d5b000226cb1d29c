import type { Sample } from '#shared/protocol/run.ts';

/** Whether a sample's answer is a class for each of many places: pixels, cells, characters. */
export const isManyPlaces = ({ target }: Sample, labels: readonly string[] | null): boolean =>
  labels !== null && target.length > 1;

/** Whether classes are the characters of a text; a few stand for its start and end. */
export const areCharacters = (labels: readonly string[]): boolean =>
  labels.length > 10 && labels.filter((label) => label.length > 1).length <= 3;

export const countRightPlaces = ({ target, prediction }: Sample): number =>
  target.filter((label, place) => label === prediction[place]).length;
