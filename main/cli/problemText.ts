import { formatCommandLine } from '#main/services/messages.ts';
import { formatFix, formatProblem } from '#main/services/problemMessages.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import type { Problem } from '#shared/protocol/problem.ts';

/** A problem in a line: how bad, where, what, and what would mend it. */
export function problemLine(problem: Problem, document?: GraphDocument): string {
  const place = [problem.nodeId, problem.port ?? problem.param].filter(Boolean).join('.');
  return formatCommandLine('problem-line', {
    severity: problem.severity,
    place: place || 'none',
    problem: formatProblem(problem, document),
    fix: (document && formatFix(problem, document)) ?? 'none',
  });
}
