import type { Step } from '../../engine/traceSupport.ts';
import { autoencoderWorkload, ganWorkload } from './generativeWorkloads.ts';
import { BATCH, chain, classes, classify, images, type Workload, workload } from './workloadSupport.ts';

function mlp(): Workload {
  const { steps, end } = chain([
    { id: 'hidden1', kind: 'dense', params: { units: 256, activation: 'relu' } },
    { id: 'hidden2', kind: 'dense', params: { units: 128, activation: 'relu' } },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ]);
  const source = { shape: [BATCH, 784], dtype: 'float32' } as const;
  return workload('mlp', 'MLP 784-256-128-10', {
    sources: { image: source, label: classes(10) },
    steps: [...steps, ...classify(end)],
  });
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
  return workload('cnn', 'CNN 32-64, 28×28', {
    sources: { image: images(28, 1), label: classes(10) },
    steps: [...steps, ...classify(end)],
  });
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
  return workload('resnet20', 'ResNet-20, 32×32', {
    sources: { image: images(32, 3), label: classes(10) },
    steps: [...steps, ...head.steps, ...classify(head.end)],
  });
}

export function recurrent(kind: 'simple-rnn' | 'lstm' | 'gru', short: string, length: number): Workload {
  const { steps, end } = chain([
    { id: 'recurrent', kind, params: { units: 128, returns: 'last' } },
    { id: 'output', kind: 'dense', params: { units: 10 } },
  ]);
  const sequence = { shape: [BATCH, length, 28], dtype: 'float32' } as const;
  return workload(`${short}${length}`, `${short.toUpperCase()} 128, ${length} steps`, {
    sources: { image: sequence, label: classes(10) },
    steps: [...steps, ...classify(end)],
  });
}

const recurrentWorkloads = [28, 200].flatMap((length) => [
  recurrent('simple-rnn', 'rnn', length),
  recurrent('lstm', 'lstm', length),
  recurrent('gru', 'gru', length),
]);

/** Two layers of Kipf and Welling 2017 on a graph of Cora's size. */
function gcn(): Workload {
  const nodes = 2708;
  const layers: Step[] = [
    { id: 'drop1', kind: 'dropout', inputs: { x: 'data.features' } },
    {
      id: 'first',
      kind: 'gcn',
      params: { units: 16, activation: 'relu' },
      inputs: { x: 'drop1.y', edges: 'data.edges' },
    },
    { id: 'drop2', kind: 'dropout', inputs: { x: 'first.y' } },
    { id: 'output', kind: 'gcn', params: { units: 7 }, inputs: { x: 'drop2.y', edges: 'data.edges' } },
  ];
  return workload('gcn', 'GCN on Cora', {
    dataset: 'cora',
    sources: {
      features: { shape: [nodes, 1433], dtype: 'float32', fixed: true },
      edges: { shape: [10_556, 2], dtype: 'int32', below: nodes, fixed: true },
      labels: { ...classes(7, [nodes]), fixed: true },
      mask: { shape: [nodes], dtype: 'float32', fixed: true },
    },
    steps: [...layers, ...classify('output.y', 'data.labels')],
  });
}

interface Transformer {
  readonly vocabulary: number;
  readonly length: number;
  readonly causal: boolean;
  readonly layers?: number;
}

/** Pre-norm blocks as in GPT-2; `causal` tells GPT from BERT. */
export function transformer(
  id: string,
  name: string,
  { vocabulary, length, causal, layers = 4 }: Transformer,
): Workload {
  const width = 128;
  const steps: Step[] = [
    { id: 'tokens', kind: 'embedding', params: { units: width, vocabulary }, inputs: { x: 'data.image' } },
    { id: 'places', kind: 'position-embedding', inputs: { x: 'tokens.y' } },
  ];
  let end = 'places.y';
  for (let layer = 0; layer < layers; layer += 1) {
    const name = (part: string) => `${part}${layer}`;
    steps.push(
      { id: name('norm-a'), kind: 'layer-normalization', inputs: { x: end } },
      {
        id: name('attention'),
        kind: 'multi-head-attention',
        params: { heads: 4, causal },
        inputs: { query: `${name('norm-a')}.y` },
      },
      { id: name('add-a'), kind: 'add', inputs: { values: [end, `${name('attention')}.y`] } },
      { id: name('norm-b'), kind: 'layer-normalization', inputs: { x: `${name('add-a')}.y` } },
      {
        id: name('up'),
        kind: 'dense',
        params: { units: 4 * width, activation: 'gelu' },
        inputs: { x: `${name('norm-b')}.y` },
      },
      { id: name('down'), kind: 'dense', params: { units: width }, inputs: { x: `${name('up')}.y` } },
      { id: name('add-b'), kind: 'add', inputs: { values: [`${name('add-a')}.y`, `${name('down')}.y`] } },
    );
    end = `${name('add-b')}.y`;
  }
  steps.push(
    { id: 'norm', kind: 'layer-normalization', inputs: { x: end } },
    { id: 'output', kind: 'dense', params: { units: vocabulary }, inputs: { x: 'norm.y' } },
  );
  return workload(id, name, {
    sources: {
      image: { shape: [16, length], dtype: 'int32', below: vocabulary },
      label: classes(vocabulary, [16, length]),
    },
    steps: [...steps, ...classify('output.y')],
  });
}

/** Ronneberger, Fischer and Brox 2015, on 64×64 in three classes. */
function unet(): Workload {
  const steps: Step[] = [];
  const pair = (id: string, filters: number, from: string): string => {
    const params = { filters, activation: 'relu' };
    const made = chain(
      [
        { id: `${id}-a`, kind: 'conv2d', params },
        { id: `${id}-b`, kind: 'conv2d', params },
      ],
      from,
    );
    steps.push(...made.steps);
    return made.end;
  };
  const pool = (id: string, from: string): string => {
    steps.push({ id, kind: 'max-pool2d', inputs: { x: from } });
    return `${id}.y`;
  };
  const join = (id: string, filters: number, from: string, skip: string): string => {
    const params = { filters, kernelSize: [2, 2], strides: [2, 2] };
    steps.push(
      { id: `${id}-up`, kind: 'conv-transpose2d', params, inputs: { x: from } },
      { id: `${id}-join`, kind: 'concatenate', inputs: { values: [`${id}-up.y`, skip] } },
    );
    return pair(id, filters, `${id}-join.y`);
  };
  const first = pair('down1', 16, 'data.image');
  const second = pair('down2', 32, pool('pool1', first));
  const third = pair('middle', 64, pool('pool2', second));
  const end = join('up1', 16, join('up2', 32, third, second), first);
  steps.push({
    id: 'output',
    kind: 'conv2d',
    params: { filters: 3, kernelSize: [1, 1] },
    inputs: { x: end },
  });
  return workload('unet', 'U-Net 64×64', {
    sources: { image: images(64, 1, 16), label: classes(3, [16, 64, 64]) },
    steps: [...steps, ...classify('output.y')],
  });
}

export const workloads: readonly Workload[] = [
  mlp(),
  cnn(),
  resnet20(),
  ...recurrentWorkloads,
  autoencoderWorkload(),
  ganWorkload(),
  gcn(),
  transformer('bert', 'BERT 4×128, 128 tokens', { vocabulary: 1000, length: 128, causal: false }),
  transformer('gpt', 'GPT 4×128, 64 tokens', { vocabulary: 65, length: 64, causal: true }),
  unet(),
];

export function findWorkload(id: string): Workload {
  const found = workloads.find((one) => one.id === id);
  if (!found) throw new Error(`no workload ${id}; there are ${workloads.map((one) => one.id).join(', ')}`);
  return found;
}
