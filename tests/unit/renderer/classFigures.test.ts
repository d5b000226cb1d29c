import { describe, expect, it } from 'vitest';
import { classFigures, countErrors } from '#renderer/dock/evaluate/classFigures.ts';

/** y_true = [0,0,0,1,1,2], y_pred = [0,0,1,1,0,1], as scikit-learn's precision_recall_fscore_support reads them. */
const confusion = [
  [2, 1, 0],
  [1, 1, 0],
  [0, 1, 0],
];

describe('classFigures', () => {
  it('gives precision, recall and support of each class', () => {
    const [zero, one, two] = classFigures(confusion);
    expect(zero).toMatchObject({ support: 3, precision: 2 / 3, recall: 2 / 3 });
    expect(one).toMatchObject({ support: 2, precision: 1 / 3, recall: 1 / 2 });
    expect(two).toMatchObject({ support: 1, recall: 0 });
  });

  it('has no figure where nothing was there to divide by', () => {
    expect(classFigures(confusion)[2]?.precision).toBeNull();
    expect(classFigures([[0]])[0]).toEqual({ index: 0, support: 0, precision: null, recall: null });
  });
});

describe('countErrors', () => {
  it('counts what is off the diagonal', () => {
    expect(countErrors(confusion)).toBe(3);
    expect(countErrors([[7]])).toBe(0);
  });
});
