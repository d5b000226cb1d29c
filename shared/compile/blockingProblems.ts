import type { Problem } from '../protocol/problem.ts';
import type { Analysis } from './plan.ts';
import { toldProblems } from './toldProblems.ts';

/** Errors that keep a run from starting: all but those of nodes that it leaves out. */
export const blockingProblems = ({ problems, unused }: Pick<Analysis, 'problems' | 'unused'>): Problem[] =>
  toldProblems(problems).filter(
    ({ severity, nodeId }) => severity === 'error' && (nodeId === undefined || !unused.has(nodeId)),
  );
