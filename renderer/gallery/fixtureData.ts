import type { EngineStatus } from '#shared/protocol/engine.ts';
import type { RecentFile, Recovery } from '#shared/protocol/host.ts';
import type {
  Evaluation,
  MetricPoint,
  Progress,
  RunRecord,
  RuntimeInfo,
  Sample,
} from '#shared/protocol/run.ts';
import { templates } from '#shared/templates/index.ts';

/** Made-up figures for the gallery, and nowhere else. Every one is a formula, so pictures repeat. */
const MOMENT = '2026-01-02T03:04:05.000Z';
const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** A ring or a bar, so that two sorts of picture can be told apart. */
function picture(kind: number): Sample['input'] {
  const data = new Float32Array(28 * 28);
  for (let y = 0; y < 28; y++) {
    for (let x = 0; x < 28; x++) {
      const distance =
        kind % 2 === 0 ? Math.abs(Math.hypot(x - 14, y - 14) - 8) : Math.abs(x - 14 + (y - 14) / 5);
      data[y * 28 + x] = y > 3 && y < 24 ? Math.max(0, 1 - distance / 2.5) : 0;
    }
  }
  return { shape: [28, 28, 1], data };
}

const samples: Sample[] = Array.from({ length: 24 }, (_, index) => {
  const truth = index % 10;
  const predicted = (truth + 1 + (index % 3)) % 10;
  const certainty = 0.95 - index * 0.02;
  return {
    index,
    input: picture(index),
    target: [truth],
    prediction: labels.map((_label, at) => (at === predicted ? certainty : (1 - certainty) / 9)),
    correct: false,
  };
});

export const evaluation: Evaluation = {
  runId: 'fixture',
  split: 'test',
  count: 10_000,
  metrics: { loss: 0.0412, accuracy: 0.9867 },
  labels,
  classValues: 'probabilities',
  sampleKind: 'image',
  targetNames: null,
  confusion: labels.map((_true, truth) =>
    labels.map((_predicted, predicted) =>
      truth === predicted
        ? 960 + ((truth * 13) % 40)
        : (truth * 7 + predicted * 3) % 11 === 0
          ? 1 + (truth % 5)
          : 0,
    ),
  ),
  samples,
};

/** A net that predicts numbers: no classes, no confusion. */
export const regression: Evaluation = {
  ...evaluation,
  metrics: { loss: 0.0083 },
  labels: null,
  confusion: null,
  samples: samples.slice(0, 8).map((sample) => ({
    ...sample,
    target: [sample.index / 10],
    prediction: [sample.index / 10 + 0.05],
    correct: null,
  })),
};

export const preview = Array.from({ length: 40 }, (_, index) => ({
  index,
  input: picture(index),
  label: String(index % 10),
}));

export const points: MetricPoint[] = Array.from({ length: 240 }, (_, index) => {
  const step = (index + 1) * 10;
  const loss = 2.2 * Math.exp(-step / 500) + 0.05 + 0.06 * Math.sin(index * 1.7);
  return {
    split: 'train',
    step,
    epoch: step / 860,
    time: step * 0.01,
    whole: false,
    metrics: { loss: Math.max(0.01, loss), accuracy: 1 - Math.max(0.01, loss) / 2.6 },
  };
});
export const validationPoints: MetricPoint[] = [1, 2].map((epoch) => ({
  split: 'validation',
  step: epoch * 860,
  epoch,
  time: epoch * 8.6,
  whole: true,
  metrics: { loss: 0.4 / epoch, accuracy: 0.9 + epoch * 0.03 },
}));

export const progress: Progress = {
  epoch: 3,
  epochs: 3,
  step: 2400,
  stepsPerEpoch: 860,
  totalSteps: 2580,
  msPerStep: 9.1,
  etaSeconds: 1.6,
  learningRates: { adam: 0.001 },
};

export const runtime: RuntimeInfo = {
  id: 'tensorflow-cpu',
  label: 'TensorFlow 2.21.0',
  device: 'CPU',
  threads: 2,
  notes: [
    {
      code: 'pack-trial-failed',
      data: {
        engine: 'cuda',
        how: 'code',
        what: '1',
        detail: 'libcuda.so.1: cannot open shared object file',
        path: '/home/ada/.local/share/neuroloom/runtimes/tensorflow-cuda-2.21.0',
      },
      message: 'TensorFlow on an NVIDIA card: its trial ended with code 1.',
    },
  ],
};

export function engine(state: EngineStatus['state']): EngineStatus {
  const running = state === 'ready' || state === 'restarting';
  return {
    state,
    runtime: running ? runtime : null,
    requested: null,
    memoryBytes: running ? 480 * 2 ** 20 : null,
    totalMemoryBytes: 16 * 2 ** 30,
    lastExit:
      state === 'failed'
        ? { reason: 'crashed', message: 'The engine was killed by the system. Restart it.', at: MOMENT }
        : null,
  };
}

export function run(id: string, state: RunRecord['state'], more: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    name: `CNN on MNIST ${id}`,
    createdAt: MOMENT,
    updatedAt: MOMENT,
    state,
    seed: 1,
    runtime,
    versions: {},
    machine: { platform: 'linux', arch: 'x64', cpu: 'processor', cores: 2, memoryBytes: 16 * 2 ** 30 },
    progress,
    latest: { validation: { loss: 0.05, accuracy: 0.985 }, test: { loss: 0.04, accuracy: 0.987 } },
    bestStep: 1720,
    ...more,
  };
}

export const recent: RecentFile[] = [
  { path: '/home/ada/digits.neuroloom.json', name: 'digits.neuroloom.json', openedAt: MOMENT, exists: true },
  { path: '/home/ada/gone.neuroloom.json', name: 'gone.neuroloom.json', openedAt: MOMENT, exists: false },
];

export const recoveries: Recovery[] = templates.slice(0, 2).map((template, index) => ({
  id: template.id,
  originalPath: index === 0 ? null : '/home/ada/digits.neuroloom.json',
  savedAt: MOMENT,
  newerThanOriginal: index === 0,
  document: template.document,
}));
