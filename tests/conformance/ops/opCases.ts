import { arrayCases } from './arrayCases.ts';
import { elementwiseCases } from './elementwiseCases.ts';
import { layerCases } from './layerCases.ts';
import type { OpCase } from './opCase.ts';
import { recurrentCases } from './recurrentCases.ts';

export const opCases: readonly OpCase[] = [
  ...elementwiseCases,
  ...arrayCases,
  ...layerCases,
  ...recurrentCases,
];
