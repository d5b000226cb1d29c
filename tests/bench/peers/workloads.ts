import type { Batch, BatchValue } from '#main/engine/runtime.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { TensorType } from '#shared/types/portType.ts';
import { documentOf, type Step } from '../../engine/traceSupport.ts';

/** A training step that is measured; `id` is its name in the peers' scripts, which have the same sizes. */
export interface Workload {
  readonly id: string;
  readonly name: string;
  readonly plan: () => Plan;
  readonly batch: Batch;
}

interface Source {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Integers below this, or floats in [0, 1). */
  readonly below?: number;
}

const BATCH = 64;
const adam = { learningRate: 0.001 };

function values({ shape, dtype, below }: Source, random: () => number): BatchValue {
  const length = shape.reduce((product, dim) => product * dim, 1);
  return dtype === 'int32'
    ? { shape, dtype, data: Int32Array.from({ length }, () => Math.floor(random() * (below ?? 2))) }
    : { shape, dtype, data: Float32Array.from({ length }, random) };
}

/** Steps fed by one data node `data`, whose ports `image` and `label` carry what the sources say. */
function workload(
  id: string,
  name: string,
  sources: { readonly image: Source; readonly label: Source },
  steps: readonly Step[],
): Workload {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const type = ({ shape, dtype }: Source): TensorType => ({
    type: 'tensor',
    dtype,
    shape: ['B', ...shape.slice(1)],
  });
  const facts = {
    outputs: { image: type(sources.image), label: type(sources.label) },
    splits: { train: 1024, validation: 0, test: 0 },
  };
  return {
    id,
    name,
    plan: () => {
      const document = documentOf([{ id: 'data', kind: 'mnist' }, ...steps]);
      const plan = createPlan(document, { data: facts });
      if (!plan.ok) throw new Error(`${id}: ${JSON.stringify(plan.error, null, 2)}`);
      return plan.value;
    },
    batch: {
      size: sources.image.shape[0] ?? 1,
      values: {
        'data.image': values(sources.image, random),
        'data.label': values(sources.label, random),
      },
    },
  };
}

/** A chain of layers, each fed by the one before. */
function chain(layers: readonly Omit<Step, 'inputs'>[], from = 'data.image'): { steps: Step[]; end: string } {
  const steps: Step[] = [];
  let end = from;
  for (const layer of layers) {
    steps.push({ ...layer, inputs: { x: end } });
    end = `${layer.id}.y`;
  }
  return { steps, end };
}

const classify = (logits: string): Step[] => [
  { id: 'loss', kind: 'softmax-cross-entropy', inputs: { logits, labels: 'data.label' } },
  { id: 'adam', kind: 'adam', params: adam, inputs: { loss: 'loss.loss' } },
];

const images = (size: number, channels: number, batch = BATCH): Source => ({
  shape: [batch, size, size, channels],
  dtype: 'float32',
});
const classes = (count: number, shape: readonly number[] = [BATCH]): Source => ({
  shape,
  dtype: 'int32',
  below: count,
});

function mlp(): Workload {
  const { steps, end } = chain([
    { id: 'hidden1', kind: 'dense', params: { units: 256, activation: 'relu' } },
    { id: 'hidden2', kind: 'dense', params: { units: 128, activation: 'relu' } },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ]);
  const source = { shape: [BATCH, 784], dtype: 'float32' } as const;
  return workload('mlp', 'MLP 784-256-128-10', { image: source, label: classes(10) }, [
    ...steps,
    ...classify(end),
  ]);
}

function cnn(): Workload {
  const { steps, end } = chain([
    { id: 'conv1', kind: 'conv2d', params: { filters: 32, padding: 'valid', activation: 'relu' } },
    { id: 'pool1', kind: 'max-pool2d' },
    { id: 'conv2', kind: 'conv2d', params: { filters: 64, padding: 'valid', activation: 'relu' } },
    { id: 'pool2', kind: 'max-pool2d' },
    { id: 'flatten', kind: 'flatten' },
    { id: 'hidden', kind: 'dense', params: { units: 128, activation: 'relu' } },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ]);
  return workload('cnn', 'CNN 32-64, 28×28', { image: images(28, 1), label: classes(10) }, [
    ...steps,
    ...classify(end),
  ]);
}

function resnet20(): Workload {
  const conv = (id: string, filters: number, stride: number, size = 3) => ({
    id,
    kind: 'conv2d',
    params: { filters, kernelSize: [size, size], strides: [stride, stride], bias: false },
  });
  const normal = (id: string) => ({ id, kind: 'batch-normalization' });
  const relu = (id: string) => ({ id, kind: 'activation', params: { activation: 'relu' } });
  const stem = chain([conv('stem', 16, 1), normal('stem-norm'), relu('stem-relu')]);
  const steps = [...stem.steps];
  let end = stem.end;
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block += 1) {
      const name = `s${stage}b${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const body = chain(
        [
          conv(`${name}-a`, filters, stride),
          normal(`${name}-an`),
          relu(`${name}-ar`),
          conv(`${name}-b`, filters, 1),
          normal(`${name}-bn`),
        ],
        end,
      );
      steps.push(...body.steps);
      let short = end;
      if (stride > 1) {
        const skip = chain([conv(`${name}-s`, filters, stride, 1)], end);
        steps.push(...skip.steps);
        short = skip.end;
      }
      steps.push({ id: `${name}-add`, kind: 'add', inputs: { values: [body.end, short] } });
      const out = chain([relu(`${name}-relu`)], `${name}-add.y`);
      steps.push(...out.steps);
      end = out.end;
    }
  }
  const head = chain(
    [
      { id: 'pool', kind: 'average-pool2d', params: { poolSize: [8, 8], strides: [8, 8] } },
      { id: 'flatten', kind: 'flatten' },
      { id: 'output', kind: 'dense', params: { units: 10 } },
    ],
    end,
  );
  return workload('resnet20', 'ResNet-20, 32×32', { image: images(32, 3), label: classes(10) }, [
    ...steps,
    ...head.steps,
    ...classify(head.end),
  ]);
}

function recurrent(kind: 'simple-rnn' | 'lstm' | 'gru', short: string, length: number): Workload {
  const { steps, end } = chain([
    { id: 'recurrent', kind, params: { units: 128, returns: 'last' } },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ]);
  const sequence = { shape: [BATCH, length, 28], dtype: 'float32' } as const;
  return workload(
    `${short}${length}`,
    `${short.toUpperCase()} 128, ${length} steps`,
    { image: sequence, label: classes(10) },
    [...steps, ...classify(end)],
  );
}

const recurrentWorkloads = [28, 200].flatMap((length) => [
  recurrent('simple-rnn', 'rnn', length),
  recurrent('lstm', 'lstm', length),
  recurrent('gru', 'gru', length),
]);

export const workloads: readonly Workload[] = [mlp(), cnn(), resnet20(), ...recurrentWorkloads];
