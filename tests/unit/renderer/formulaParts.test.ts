import { expect, it } from 'vitest';
import { type FormulaPart, formulaLines } from '#renderer/inspector/formulaParts.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';

const written = (parts: readonly FormulaPart[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : `<${part.kind}>${written(part.parts)}</>`)).join('');
const lines = (formula: string): string[] => formulaLines(formula).map(written);

it('words, numbers and groups are lowered and raised, within each other as well', () => {
  expect(lines('y = b_f + x^2')).toEqual(['y = b<sub>f</> + x<sup>2</>']);
  expect(lines('L = −log ( e^{x_y} / Σₖ e^{xₖ} )')).toEqual([
    'L = −log ( e<sup>x<sub>y</></> / Σₖ e<sup>xₖ</> )',
  ]);
  expect(lines('sin(t / 10000^(2i/F))')).toEqual(['sin(t / 10000<sup>2i/F</>)']);
  expect(lines('D^−½·(A + I)')).toEqual(['D<sup>−½</>·(A + I)']);
});

it('equations stand on lines of their own', () => {
  expect(lines('G = FᵀF / (HWC),  L = mean G   n = 1')).toEqual(['G = FᵀF / (HWC)', 'L = mean G', 'n = 1']);
});

it('a sign with nothing to raise, or a bracket that is not closed, stays as it is', () => {
  expect(lines('a ^ b_{c')).toEqual(['a ^ b_{c']);
});

it('no formula of a lesson keeps signs that were meant to lower or raise', () => {
  const left = nodeDefinitions.flatMap(({ kind, lesson }) =>
    lines(lesson?.formula ?? '')
      .filter((line) => /[_^{}]/.test(line))
      .map((line) => `${kind}: ${line}`),
  );
  expect(left).toEqual([]);
});
