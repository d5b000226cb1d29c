import { testInstructionSet } from './instructionSet.ts';

testInstructionSet('baseline');
