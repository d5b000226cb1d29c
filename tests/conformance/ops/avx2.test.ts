import { testInstructionSet } from './instructionSet.ts';

testInstructionSet('avx2');
