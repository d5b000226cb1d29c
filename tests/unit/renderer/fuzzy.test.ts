import { expect, it } from 'vitest';
import { beginsWordIn } from '#renderer/ui/fuzzy.ts';

it.each([
  ['Finds the digit again under noise', 'gan', false],
  ['Two nets (GAN) compete', 'gan', true],
  ['again a gan', 'gan', true],
  ['从噪声中找出数字', '数字', true],
  ['用GRU读名字', 'gru', true],
] as const)('in “%s” a word begins with “%s”: %s', (text, words, found) => {
  expect(beginsWordIn(text, words)).toBe(found);
});
