import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toldProblems } from '#shared/compile/toldProblems.ts';
import { ComparePanel } from '../compare/ComparePanel.tsx';
import { PlaygroundPanel } from '../playground/PlaygroundPanel.tsx';
import { useDocumentStore } from '../stores/documentStore.ts';
import { selectRunActive, useRunStore } from '../stores/runStore.ts';
import { setView, useViewStore } from '../stores/viewStore.ts';
import { IconButton } from '../ui/Button.tsx';
import { DataPanel } from './data/DataPanel.tsx';
import {
  type DockTab,
  dockTabs,
  isReadingTab,
  SMALLEST_HEIGHT,
  setDock,
  showDockTab,
  toDockTab,
  useDockStore,
} from './dockStore.ts';
import { EvaluateControls } from './evaluate/EvaluateControls.tsx';
import { EvaluatePanel } from './evaluate/EvaluatePanel.tsx';
import { useAutomaticEvaluation } from './evaluate/useAutomaticEvaluation.ts';
import { ProblemsPanel } from './problems/ProblemsPanel.tsx';
import { RunsPanel } from './runs/RunsPanel.tsx';
import { CurveControls } from './training/CurveControls.tsx';
import { TrainingPanel } from './training/TrainingPanel.tsx';

/** Of the window's height: the canvas stays in sight. */
const LARGEST_SHARE = 0.48;

const panels: Readonly<Record<DockTab, () => ReactNode>> = {
  training: () => <TrainingPanel />,
  evaluate: () => <EvaluatePanel />,
  playground: () => <PlaygroundPanel />,
  data: () => <DataPanel />,
  problems: () => <ProblemsPanel />,
  runs: () => <RunsPanel />,
  compare: () => <ComparePanel />,
};

/** The panels under the canvas: watch, evaluate, try out, and what hinders training. */
export function Dock() {
  const { t } = useTranslation();
  const tab = toDockTab(useViewStore((view) => view.dockTab));
  const open = useViewStore((view) => view.dockOpen);
  const watchingHeight = useViewStore((view) => view.dockHeight);
  const readingHeight = useDockStore((dock) => dock.readingHeight);
  useAutomaticEvaluation(open && tab === 'evaluate');
  const height = isReadingTab(tab) ? readingHeight : watchingHeight;
  return (
    <section
      className="dock"
      aria-label={t('dock.label')}
      data-open={open}
      style={open ? { height: `min(${height}px, ${100 * LARGEST_SHARE}vh)` } : undefined}
    >
      {open && <DockResizer tab={tab} height={height} />}
      <Tabs.Root
        value={tab}
        onValueChange={(value) => showDockTab(toDockTab(value))}
        className="flex min-h-0 grow flex-col"
      >
        <div className="dock-bar">
          <Tabs.List aria-label={t('dock.label')} className="dock-tabs">
            {dockTabs.map((name) => (
              <Tabs.Trigger
                key={name}
                value={name}
                className="dock-tab"
                onClick={() => !open && showDockTab(name)}
              >
                {t(`dock.tabs.${name}`)}
                {name === 'training' && <TrainingMark />}
                {name === 'problems' && <ProblemCount />}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <span className="grow" />
          {open && tab === 'training' && <CurveControls />}
          {open && tab === 'evaluate' && <EvaluateControls />}
          <IconButton
            className="sm"
            label={t(open ? 'dock.collapse' : 'dock.expand')}
            aria-expanded={open}
            onClick={() => setView({ dockOpen: !open })}
          >
            {open ? <ChevronDown size={14} /> : <ChevronUp size={14} />}
          </IconButton>
        </div>
        {open &&
          dockTabs.map((name) => (
            <Tabs.Content key={name} value={name} className="dock-panel">
              {panels[name]()}
            </Tabs.Content>
          ))}
      </Tabs.Root>
    </section>
  );
}

function TrainingMark() {
  const { t } = useTranslation();
  const active = useRunStore(selectRunActive);
  return active ? <i className="dock-pulse" role="img" aria-label={t('dock.trainingNow')} /> : null;
}

function ProblemCount() {
  const { t } = useTranslation();
  const problems = toldProblems(useDocumentStore((store) => store.analysis.problems));
  if (problems.length === 0) return null;
  const serious = problems.some(({ severity }) => severity === 'error');
  return (
    <em
      role="img"
      className="dock-count"
      data-serious={serious}
      aria-label={t('dock.problemCount', { count: problems.length })}
    >
      {problems.length}
    </em>
  );
}

/** The upper edge: dragged, or moved with the arrow keys. */
function DockResizer({ tab, height }: { readonly tab: DockTab; readonly height: number }) {
  const { t } = useTranslation();
  const setHeight = (next: number): void => {
    const bounded = Math.round(
      Math.min(900, window.innerHeight * LARGEST_SHARE, Math.max(SMALLEST_HEIGHT, next)),
    );
    if (isReadingTab(tab)) setDock({ readingHeight: bounded });
    else setView({ dockHeight: bounded });
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const handle = event.currentTarget;
    const bottom = event.clientY + Math.min(height, window.innerHeight * LARGEST_SHARE);
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => setHeight(bottom - moved.clientY);
    handle.addEventListener('pointermove', move);
    const end = (): void => handle.removeEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
    handle.addEventListener('pointercancel', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    setHeight(height + (event.key === 'ArrowUp' ? 20 : -20));
  };
  return (
    <hr
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('dock.resize')}
      aria-valuenow={height}
      aria-valuemin={SMALLEST_HEIGHT}
      aria-valuemax={900}
      className="dock-resizer"
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
