import { useState } from 'react';
import { fixInside } from '#shared/compile/levelAnalysis.ts';
import { toldProblems } from '#shared/compile/toldProblems.ts';
import { type Level, levelGraph } from '#shared/graph/blockLevels.ts';
import { applyFix, applyFixes, type Command } from '#shared/graph/commands.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import type { Fix, Problem } from '#shared/protocol/problem.ts';
import { fixText, problemText } from '../../i18n/problemText.ts';
import { openGraphTab } from '../../inspector/graphTab.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { revealProblem } from '../../stores/levels.ts';
import { showToast } from '../../stores/toastStore.ts';
import { type ProblemRow, ProblemsView } from './ProblemsView.tsx';

/** So many rows are drawn, and so many more with each press: a broken graph of thousands has thousands. */
const PAGE = 100;

/** A fix is for the document as a whole, or for the block that it is in, whatever is open. */
function run(command: Command, level: Level = []): void {
  const result = runCommand(command, level);
  if (!result.ok) showToast({ tone: 'danger', text: problemText(result.error) });
}

/** The Problems tab, attached to the open document. */
export function ProblemsPanel() {
  const document = useDocumentStore((store) => store.document);
  const problems = useDocumentStore((store) => store.analysis.problems);
  const [most, setMost] = useState(PAGE);
  const nameOf = (id: string | undefined): string | null => {
    const node = document && id !== undefined ? findNode(document, id) : undefined;
    return node && document ? nodeTitle(node, document) : null;
  };
  const errorsFirst = [...toldProblems(problems)].sort(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'),
  );
  const levels = new Map<Fix, Level>();
  const row = (problem: Problem): ProblemRow => {
    const inside = document && !problem.fix ? fixInside(problem, document) : undefined;
    if (inside) levels.set(inside.fix, inside.level);
    const fix = problem.fix ?? inside?.fix;
    const graph = document && levelGraph(document, inside?.level ?? []);
    return {
      problem: inside ? { ...problem, fix: inside.fix } : problem,
      text: problemText(problem),
      nodeName: nameOf(problem.nodeId) ?? problem.variable ?? null,
      fixText: fix ? fixText(fix, graph) : null,
    };
  };
  return (
    <ProblemsView
      all={errorsFirst}
      onMore={() => setMost(most + PAGE)}
      rows={errorsFirst.slice(0, most).map(row)}
      onShow={(problem) => {
        if (problem.nodeId !== undefined) revealProblem(problem);
        else if (problem.variable !== undefined) openGraphTab('variables');
      }}
      onFix={(fix) => run(applyFix(fix), levels.get(fix))}
      onFixAll={(fixes) => run(applyFixes(fixes))}
    />
  );
}
