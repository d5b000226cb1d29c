import { CircleAlert, CircleCheck, TriangleAlert, Wand2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fix, Problem } from '#shared/protocol/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

export interface ProblemRow {
  readonly problem: Problem;
  readonly text: string;
  /** What people call the node or variable; null where the whole graph is meant. */
  readonly nodeName: string | null;
  /** What the one-click fix does, where there is one. */
  readonly fixText: string | null;
}

interface ProblemsViewProps {
  readonly rows: readonly ProblemRow[];
  /** All problems, where the rows are the first of them only. */
  readonly all?: readonly Problem[];
  readonly onMore?: () => void;
  readonly onShow: (problem: Problem) => void;
  readonly onFix: (fix: Fix) => void;
  /** Mends the same problem everywhere. */
  readonly onFixAll: (fixes: readonly Fix[]) => void;
}

/** The fixes of each problem that can be mended in several places in the same way, by its first. */
function fixesAlike(problems: readonly Problem[]): ReadonlyMap<Problem, readonly Fix[]> {
  const groups = new Map<string, { readonly first: Problem; readonly fixes: Fix[] }>();
  for (const problem of problems) {
    const { code, fix } = problem;
    if (!fix) continue;
    const key = `${code} ${fix.kind}`;
    const group = groups.get(key);
    if (group) group.fixes.push(fix);
    else groups.set(key, { first: problem, fixes: [fix] });
  }
  return new Map(
    [...groups.values()]
      .filter(({ fixes }) => fixes.length > 1)
      .map(({ first, fixes }): [Problem, readonly Fix[]] => [first, fixes]),
  );
}

/** What hinders training, each with its place and its fix. A click shows the node. */
export function ProblemsView({ rows, all, onMore, onShow, onFix, onFixAll }: ProblemsViewProps) {
  const { t } = useTranslation();
  const problems = all ?? rows.map(({ problem }) => problem);
  const alike = fixesAlike(problems);
  const list = useRef<HTMLUListElement>(null);
  /** A fix takes its own button away: the keyboard goes on to the next problem, or to the tab where none is left. */
  const keepFocus = (): void =>
    void requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const next = list.current?.querySelector<HTMLElement>('button:not(:disabled)');
      (next ?? document.querySelector<HTMLElement>('.dock [role=tab][aria-selected=true]'))?.focus();
    });
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<CircleCheck size={18} />}
        title={t('dock.problems.emptyTitle')}
        text={t('dock.problems.emptyText')}
      />
    );
  }
  return (
    <ul ref={list} className="h-full overflow-y-auto p-2" aria-label={t('dock.tabs.problems')}>
      {rows.map((row) => {
        const { problem, text, nodeName, fixText } = row;
        const same = alike.get(problem);
        const { nodeId, variable, fix } = problem;
        const { expected, received } = problem.data;
        const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <li
            key={[
              problem.code,
              nodeId,
              problem.inside?.nodeId,
              problem.port,
              problem.param,
              problem.edgeId,
              variable,
            ].join(' ')}
            data-problem={problem.code}
            className="flex min-h-9 items-center gap-2 rounded-md pr-2 hover:bg-raised"
          >
            <button
              type="button"
              disabled={nodeId === undefined && variable === undefined}
              onClick={() => onShow(problem)}
              {...(nodeName !== null && { title: t('dock.problems.show', { node: nodeName }) })}
              className="flex min-w-0 grow items-center gap-2.5 rounded-md px-2 py-1.5 text-left"
            >
              <Icon
                size={15}
                role="img"
                aria-label={t(`dock.problems.${problem.severity}`)}
                className={`flex-none ${problem.severity === 'error' ? 'text-danger' : 'text-warn'}`}
              />
              <span className="w-28 flex-none xl:w-44 truncate text-small">
                <b className="font-medium">{nodeName ?? t('dock.problems.wholeGraph')}</b>
                {nodeId !== undefined && nodeId !== nodeName && (
                  <small className="ml-1.5 text-caption text-text-3">{nodeId}</small>
                )}
              </span>
              <span className="min-w-0 grow text-small text-text-2">{text}</span>
              {expected !== undefined && received !== undefined && !text.includes(String(received)) && (
                <span className="hidden flex-none items-center gap-2 text-caption text-text-3 xl:flex">
                  {t('dock.problems.expected')} <code className="text-text">{String(expected)}</code>
                  {t('dock.problems.received')} <code className="text-danger">{String(received)}</code>
                </span>
              )}
            </button>
            {fix && fixText !== null && (
              <Button
                tone="solid"
                size="sm"
                onClick={() => {
                  onFix(fix);
                  keepFocus();
                }}
              >
                <Wand2 size={12} />
                {fixText}
              </Button>
            )}
            {same && (
              <Button
                tone="plain"
                size="sm"
                onClick={() => {
                  onFixAll(same);
                  keepFocus();
                }}
              >
                {t('dock.problems.fixAll', { count: same.length })}
              </Button>
            )}
          </li>
        );
      })}
      {problems.length > rows.length && (
        <li className="p-2">
          <Button size="sm" {...(onMore && { onClick: onMore })}>
            {t('shell.showMore', { count: problems.length - rows.length })}
          </Button>
        </li>
      )}
    </ul>
  );
}
