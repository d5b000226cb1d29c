import { testInstructionSet } from './instructionSet.ts';

testInstructionSet('avx512');
