import type { Problem } from '../protocol/problem.ts';

/** Problems as they are listed and counted: one that all copies of a block have is mended at one place. */
export function toldProblems(problems: readonly Problem[]): readonly Problem[] {
  if (!problems.some(({ inside }) => inside?.again)) return problems;
  const told = problems.filter(({ inside }) => !inside?.again);
  // Where a later copy alone is looked at, all of its own are echoes.
  return told.length > 0 ? told : problems.slice(0, 1);
}
