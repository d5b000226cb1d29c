import { Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import type { EngineFailure } from '#shared/protocol/run.ts';
import { templates } from '#shared/templates/index.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { startConnecting, stopConnecting } from '../canvas/connecting.ts';
import { DialogHost } from '../dialogs/DialogHost.tsx';
import {
  chooseOpenPath,
  chooseSavePath,
  confirmAction,
  confirmUnsaved,
  openExportDialog,
} from '../dialogs/fileDialogs.ts';
import { DataOverview } from '../dock/data/DataOverview.tsx';
import { EvaluateView } from '../dock/evaluate/EvaluateView.tsx';
import { ProblemsView } from '../dock/problems/ProblemsView.tsx';
import { RunsView } from '../dock/runs/RunsView.tsx';
import { describeMetric } from '../dock/training/curveMetrics.ts';
import { TrainingView, type TrainingViewProps } from '../dock/training/TrainingView.tsx';
import { fixText, problemText } from '../i18n/problemText.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { Library } from '../library/Library.tsx';
import { AnswerBars } from '../playground/AnswerBars.tsx';
import { Playground } from '../playground/Playground.tsx';
import { ShellPanels } from '../shell/ShellPanels.tsx';
import { showPanel } from '../shell/shellStore.ts';
import { TopBar } from '../shell/TopBar.tsx';
import { EngineCard } from '../start/EngineCard.tsx';
import { RecentFiles } from '../start/RecentFiles.tsx';
import { RecoveryNotice } from '../start/RecoveryNotice.tsx';
import { TemplateGrid } from '../start/TemplateGrid.tsx';
import { useDocumentStore } from '../stores/documentStore.ts';
import { setView } from '../stores/viewStore.ts';
import { Button } from '../ui/Button.tsx';
import { AnswerStates } from './AnswerStates.tsx';
import { CARDS_HEIGHT } from './cardsDocument.ts';
import { EditorStates } from './EditorStates.tsx';
import { Fixture } from './Fixture.tsx';
import * as data from './fixtureData.ts';

const nothing = (): void => undefined;

const training: TrainingViewProps = {
  runId: null,
  run: null,
  state: null,
  active: false,
  progress: null,
  failure: null,
  failedNode: null,
  metrics: [describeMetric('loss'), describeMetric('accuracy')],
  rates: [{ path: 'adam', title: 'Adam', value: 0.001 }],
  ratesOfRun: false,
  axis: 'epoch',
  smoothing: 0.6,
  errorCount: 0,
  onTrain: nothing,
  onResume: nothing,
  onShowNode: nothing,
  onShowProblems: nothing,
  onSmallerBatch: nothing,
  onRate: nothing,
};
const shownRun = {
  ...training,
  runId: 'fixture',
  run: data.run('14', 'training'),
  state: 'training',
  active: true,
  progress: data.progress,
} as const;
const manyCurves = ['loss', 'loss (generator)', 'loss (discriminator)', 'accuracy', 'topKAccuracy'].map(
  describeMetric,
);
const reasons = [
  'invalid-graph',
  'out-of-memory',
  'not-finite',
  'crashed',
  'hung',
  'runtime-error',
  'data-unavailable',
  'storage',
  'cancelled',
] as const satisfies readonly EngineFailure['reason'][];

const evaluate = {
  evaluation: null,
  running: false,
  error: null,
  cell: null,
  canEvaluate: false,
  onEvaluate: nothing,
  onTrain: nothing,
  onCell: nothing,
};
const runActions = {
  onTrain: nothing,
  onShow: nothing,
  onOpenGraph: nothing,
  onResume: nothing,
  onExport: nothing,
  onDelete: nothing,
};
const dataSource = {
  name: 'MNIST',
  description: '70 000 handwritten digits.',
  ports: { image: 'image' },
  onAdd: nothing,
};
const facts = {
  outputs: { image: { type: 'tensor', dtype: 'float32', shape: ['B', 28, 28, 1] } },
  splits: { train: 55_000, validation: 5_000, test: 10_000 },
} as const;

/** After the address: without cards and panels. */
const LIGHT = '#over';

const open = {
  Unsaved: () => void confirmUnsaved('Digits'),
  Confirm: () =>
    void confirmAction({ title: 'Delete “Digits 14”?', text: 'This cannot be undone.', action: 'Delete' }),
  Open: () => void chooseOpenPath(),
  Save: () => void chooseSavePath('digits.neuroloom.json'),
  Export: () => void openExportDialog('fixture'),
  Palette: () => showPanel('palette'),
  Find: () => showPanel('find'),
  Settings: () => showPanel('settings'),
  Compare: () => showPanel('compare'),
} as const;

/** What lies over the window, each on request: they would cover everything else. */
function OverTheWindow() {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-small text-text-3">Over the window</span>
      {Object.entries(open).map(([name, show]) => (
        <Button key={name} size="sm" data-over={name} onClick={show}>
          {name}
        </Button>
      ))}
    </div>
  );
}

/** Every node card and panel in every state, in either theme. */
export function Gallery() {
  return (
    <main className="flex h-full flex-col gap-6 overflow-y-auto bg-canvas p-6">
      <div className="flex items-center gap-2">
        <h1 className="grow text-h2">Neuroloom gallery</h1>
        <Button onClick={() => startConnecting({ node: 'source', port: 'image' }, 'source')}>
          A wire in hand
        </Button>
        <Button onClick={stopConnecting}>No wire in hand</Button>
        <Button onClick={() => setView({ theme: 'dark' })}>
          <Moon size={14} /> Dark
        </Button>
        <Button onClick={() => setView({ theme: 'light' })}>
          <Sun size={14} /> Light
        </Button>
        <Button lang="en" onClick={() => setView({ language: 'en' })}>
          English
        </Button>
        <Button lang="zh-CN" onClick={() => setView({ language: 'zh' })}>
          中文
        </Button>
      </div>
      <OverTheWindow />
      <Fixture name="Top bar" height={44}>
        <TopBar />
      </Fixture>
      <Fixture name="Playground, drawing" height={390}>
        <Playground runId="fixture" port="image" weightsVersion={0} />
      </Fixture>
      {location.hash !== LIGHT && <Everything />}
      <ShellPanels />
      <DialogHost />
    </main>
  );
}

/** The cards and panels: hundreds of parts, which make every frame slow where nothing draws but the processor. */
function Everything() {
  const document = useDocumentStore((store) => store.document);
  const problems = useDocumentStore((store) => store.analysis.problems);
  const [answer] = useState({
    values: [0.01, 0.02, 0.05, 0.7, 0.02, 0.1, 0.02, 0.03, 0.03, 0.02],
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    classValues: 'probabilities' as const,
  });
  return (
    <>
      <Fixture name="Node cards" height={CARDS_HEIGHT}>
        <div className="grid h-full grid-cols-1 grid-rows-1 *:col-start-1 *:row-start-1">
          <Canvas />
        </div>
      </Fixture>
      <div className="grid grid-cols-[210px_298px_1fr] gap-6">
        <Fixture name="Library" height={520}>
          <Library />
        </Fixture>
        <Fixture name="Inspector" height={520}>
          <Inspector />
        </Fixture>
        <Fixture name="Playground, answer" height={520}>
          <div className="grid gap-6 p-4">
            <AnswerBars answer={answer} />
            <AnswerBars answer={null} />
          </div>
        </Fixture>
      </div>
      <div className="grid grid-cols-2 gap-6">
        <Fixture name="Playground, a picture given back">
          <div className="p-4">
            <AnswerBars
              answer={{
                values: [...(data.evaluation.samples[0]?.input.data ?? [])],
                labels: null,
                classValues: 'scores',
              }}
            />
          </div>
        </Fixture>
        <Fixture name="Playground, numbers">
          <div className="p-4">
            <AnswerBars answer={{ values: [0.25, -1.5, 3], labels: null, classValues: 'scores' }} />
          </div>
        </Fixture>
      </div>
      {(['preparing', 'compiling', 'validating', 'testing', 'paused', 'stopped'] as const).map((state) => (
        <Fixture key={state} name={`Training, ${state}`}>
          <TrainingView
            {...shownRun}
            state={state}
            active={state !== 'stopped'}
            progress={state === 'preparing' || state === 'compiling' ? null : data.progress}
          />
        </Fixture>
      ))}
      <Fixture name="Training, many curves">
        <TrainingView {...shownRun} metrics={manyCurves} />
      </Fixture>
      <Fixture name="Training, a run of another graph">
        <TrainingView {...shownRun} state="finished" active={false} ratesOfRun />
      </Fixture>
      <Fixture name="Training, empty">
        <TrainingView {...training} />
      </Fixture>
      <Fixture name="Training, blocked by problems">
        <TrainingView {...training} errorCount={2} />
      </Fixture>
      <Fixture name="Training, running">
        <TrainingView {...shownRun} />
      </Fixture>
      <Fixture name="Training, finished">
        <TrainingView {...shownRun} state="finished" active={false} />
      </Fixture>
      {reasons.map((reason) => (
        <Fixture key={reason} name={`Training, failed: ${reason}`}>
          <TrainingView
            {...shownRun}
            state="failed"
            active={false}
            failedNode={reason === 'not-finite' ? 'Dense' : null}
            failure={{
              reason,
              message: 'What happened, then what to do about it, as the engine says it.',
              ...(reason === 'crashed' && { resumableFromStep: 1720 }),
            }}
          />
        </Fixture>
      ))}
      <Fixture name="Evaluate, empty">
        <EvaluateView {...evaluate} />
      </Fixture>
      <Fixture name="Evaluate, running">
        <EvaluateView {...evaluate} running />
      </Fixture>
      <Fixture name="Evaluate, failed">
        <EvaluateView {...evaluate} canEvaluate error="The run has no checkpoint yet. Train it for longer." />
      </Fixture>
      <Fixture name="Evaluate, classes" height={390}>
        <EvaluateView {...evaluate} canEvaluate evaluation={data.evaluation} />
      </Fixture>
      <Fixture name="Evaluate, one cell" height={390}>
        <EvaluateView
          {...evaluate}
          canEvaluate
          evaluation={data.evaluation}
          cell={{ truth: 4, predicted: 9, samples: data.evaluation.samples.slice(0, 6) }}
        />
      </Fixture>
      <Fixture name="Evaluate, regression" height={390}>
        <EvaluateView {...evaluate} canEvaluate evaluation={data.regression} />
      </Fixture>
      <AnswerStates />
      <Fixture name="Data, empty">
        <DataOverview
          {...dataSource}
          name={null}
          facts={null}
          preview={{ samples: null, error: null, retry: nothing }}
        />
      </Fixture>
      <Fixture name="Data, reading">
        <DataOverview
          {...dataSource}
          facts={facts}
          preview={{ samples: null, error: null, retry: nothing }}
        />
      </Fixture>
      <Fixture name="Data, samples" height={300}>
        <DataOverview
          {...dataSource}
          facts={facts}
          preview={{ samples: data.preview, error: null, retry: nothing }}
        />
      </Fixture>
      <Fixture name="Data, failed">
        <DataOverview
          {...dataSource}
          facts={facts}
          preview={{
            samples: null,
            error: { code: 'data-unavailable', message: 'Its files are missing. Run npm run setup.' },
            retry: nothing,
          }}
        />
      </Fixture>
      <Fixture name="Problems, none">
        <ProblemsView rows={[]} onShow={nothing} onFix={nothing} onFixAll={nothing} />
      </Fixture>
      <Fixture name="Problems">
        <ProblemsView
          rows={problems.slice(0, 12).map((problem) => ({
            problem,
            text: problemText(problem),
            nodeName: problem.nodeId ?? null,
            fixText: problem.fix && document ? fixText(problem.fix, document) : null,
          }))}
          onShow={nothing}
          onFix={nothing}
          onFixAll={nothing}
        />
      </Fixture>
      <Fixture name="Runs, none">
        <RunsView {...runActions} runs={[]} currentRunId={null} />
      </Fixture>
      <Fixture name="Runs">
        <RunsView
          {...runActions}
          currentRunId="14"
          runs={[
            data.run('14', 'training'),
            data.run('13', 'finished'),
            data.run('12', 'stopped'),
            data.run('11', 'failed', {
              failure: { reason: 'crashed', message: 'The engine was killed.', resumableFromStep: 1720 },
            }),
            data.run('10', 'paused', { latest: {} }),
          ]}
        />
      </Fixture>
      <EditorStates />
      <Fixture name="Start, templates" height={300}>
        <div className="p-4">
          <TemplateGrid templates={templates} onUse={nothing} />
        </div>
      </Fixture>
      <Fixture name="Start, recent graphs" height={120}>
        <div className="p-4">
          <RecentFiles files={data.recent} onOpen={nothing} onForget={nothing} />
        </div>
      </Fixture>
      <Fixture name="Start, no recent graphs" height={100}>
        <div className="p-4">
          <RecentFiles files={[]} onOpen={nothing} onForget={nothing} />
        </div>
      </Fixture>
      <Fixture name="Start, recovered work" height={210}>
        <div className="p-4">
          <RecoveryNotice copies={data.recoveries} onRestore={nothing} onDiscard={nothing} />
        </div>
      </Fixture>
      <div className="grid grid-cols-3 gap-6">
        {(['starting', 'ready', 'restarting', 'stopped', 'failed'] as const).map((state) => (
          <Fixture key={state} name={`Engine, ${state}`} height={200}>
            <div className="p-4">
              <EngineCard engine={data.engine(state)} onRestart={nothing} />
            </div>
          </Fixture>
        ))}
      </div>
    </>
  );
}
