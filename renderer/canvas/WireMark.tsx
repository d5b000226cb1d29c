import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/protocol/problem.ts';
import { problemText } from '../i18n/problemText.ts';
import { revealNode, select } from '../stores/selectionStore.ts';

interface WireMarkProps {
  readonly problem: Problem;
  /** Middle of the wire. */
  readonly x: number;
  readonly y: number;
}

/** A sign in the middle of a wire that something is wrong with; a click shows the card that says more and mends it. */
export function WireMark({ problem, x, y }: WireMarkProps) {
  const { t } = useTranslation();
  const { nodeId, edgeId, severity } = problem;
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  const text = problemText(problem);
  return (
    <button
      type="button"
      className={`wire-mark nopan ${severity}`}
      aria-label={t('canvas.wireProblem', { problem: text })}
      title={text}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      onClick={() => {
        if (nodeId !== undefined) revealNode(nodeId);
        else if (edgeId !== undefined) select([], [edgeId]);
      }}
    >
      <Icon size={13} />
    </button>
  );
}
