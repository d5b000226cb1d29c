import { useState } from 'react';
import { toldProblems } from '#shared/compile/toldProblems.ts';
import { applyFix, applyFixes, type Command } from '#shared/graph/commands.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { fixText, problemText } from '../../i18n/problemText.ts';
import { openGraphTab } from '../../inspector/graphTab.ts';
import { runCommand, useDocumentStore } from '../../stores/documentStore.ts';
import { revealProblem } from '../../stores/levels.ts';
import { showToast } from '../../stores/toastStore.ts';
import { ProblemsView } from './ProblemsView.tsx';

/** So many rows are drawn, and so many more with each press: a broken graph of thousands has thousands. */
const PAGE = 100;

function run(command: Command): void {
  // A fix is for the document as a whole, whatever is open of it.
  const result = runCommand(command, []);
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
  return (
    <ProblemsView
      all={errorsFirst}
      onMore={() => setMost(most + PAGE)}
      rows={errorsFirst.slice(0, most).map((problem) => ({
        problem,
        text: problemText(problem),
        nodeName: nameOf(problem.nodeId) ?? problem.variable ?? null,
        fixText: problem.fix && document ? fixText(problem.fix, document) : null,
      }))}
      onShow={(problem) => {
        if (problem.nodeId !== undefined) revealProblem(problem);
        else if (problem.variable !== undefined) openGraphTab('variables');
      }}
      onFix={(fix) => run(applyFix(fix))}
      onFixAll={(fixes) => run(applyFixes(fixes))}
    />
  );
}
