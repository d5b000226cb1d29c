import { WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { applyFix } from '#shared/graph/commands.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { fixText, problemText } from '../i18n/problemText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { edit } from './canvasApi.ts';

/** What is wrong, with both shapes and the fix. */
export function ProblemNote({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation();
  const { expected, received } = problem.data;
  const text = problemText(problem);
  const { fix } = problem;
  const document = useDocumentStore.getState().graph;
  return (
    <div className={`emsg ${problem.severity}`}>
      {text}
      {expected !== undefined && received !== undefined && !text.includes(String(received)) && (
        <div className="k">
          <span>{t('canvas.expects')}</span>
          <code>{String(expected)}</code>
          <span>{t('canvas.received')}</span>
          <code className="bad">{String(received)}</code>
        </div>
      )}
      {fix && document && (
        <button type="button" className="fix nodrag" onClick={() => edit(applyFix(fix))}>
          <WandSparkles size={12} aria-hidden="true" />
          {fixText(fix, document)}
        </button>
      )}
    </div>
  );
}
