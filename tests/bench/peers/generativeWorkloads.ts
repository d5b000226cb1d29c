import type { BlockDefinition } from '#shared/graph/document.ts';
import type { Step } from '../../engine/traceSupport.ts';
import { adam, BATCH, chain, classes, images, type Workload, workload } from './workloadSupport.ts';

/** Variational auto-encoder 784-400-20 (Kingma and Welling 2014), binary cross-entropy summed over the pixels. */
export function autoencoderWorkload(): Workload {
  const steps: Step[] = [
    { id: 'hidden', kind: 'dense', params: { units: 400, activation: 'relu' }, inputs: { x: 'data.image' } },
    { id: 'mean', kind: 'dense', params: { units: 20 }, inputs: { x: 'hidden.y' } },
    { id: 'variance', kind: 'dense', params: { units: 20 }, inputs: { x: 'hidden.y' } },
    { id: 'sample', kind: 'gaussian-sample', inputs: { mean: 'mean.y', logVariance: 'variance.y' } },
    { id: 'wide', kind: 'dense', params: { units: 400, activation: 'relu' }, inputs: { x: 'sample.y' } },
    { id: 'logits', kind: 'dense', params: { units: 784 }, inputs: { x: 'wide.y' } },
    {
      id: 'reconstruction',
      kind: 'binary-cross-entropy',
      inputs: { prediction: 'logits.y', target: 'data.image' },
    },
    { id: 'kl', kind: 'gaussian-kl', inputs: { mean: 'mean.y', logVariance: 'variance.y' } },
    {
      id: 'loss',
      kind: 'weighted-loss',
      params: { weights: [784, 1] },
      inputs: { losses: ['reconstruction.loss', 'kl.loss'] },
    },
    { id: 'adam', kind: 'adam', params: adam, inputs: { loss: 'loss.loss' } },
  ];
  const source = { shape: [BATCH, 784], dtype: 'float32' } as const;
  return workload('vae', 'VAE 784-400-20', { sources: { image: source, label: classes(10) }, steps });
}

type Layer = Omit<Step, 'inputs'>;

function block(id: string, layers: readonly Layer[], output: string): BlockDefinition {
  const { steps } = chain(layers, 'outside.x');
  const [first] = steps;
  return {
    id,
    nodes: steps.map((step) => ({
      id: step.id,
      kind: step.kind,
      params: JSON.parse(JSON.stringify(step.params ?? {})),
      position: { x: 0, y: 0 },
    })),
    edges: steps.slice(1).map(({ id: node }, index) => ({
      from: { node: steps[index]?.id ?? '', port: 'y' },
      to: { node, port: 'x' },
    })),
    inputs: [{ id: 'x', to: [{ node: first?.id ?? '', port: 'x' }] }],
    outputs: [{ id: 'y', from: { node: output, port: 'y' } }],
  };
}

/** DCGAN on 28×28 (Radford, Metz and Chintala 2016): both optimisers take a turn in each step. */
export function ganWorkload(): Workload {
  const convolution = (id: string, kind: string, filters: number, activation: string): Layer => ({
    id,
    kind,
    params: { filters, kernelSize: [4, 4], strides: [2, 2], activation },
  });
  const generator = block(
    'generator',
    [
      { id: 'wide', kind: 'dense', params: { units: 7 * 7 * 64 } },
      { id: 'image', kind: 'reshape', params: { shape: [7, 7, 64] } },
      { id: 'norm1', kind: 'batch-normalization' },
      { id: 'relu1', kind: 'activation', params: { activation: 'relu' } },
      convolution('up1', 'conv-transpose2d', 32, 'linear'),
      { id: 'norm2', kind: 'batch-normalization' },
      { id: 'relu2', kind: 'activation', params: { activation: 'relu' } },
      convolution('up2', 'conv-transpose2d', 1, 'tanh'),
    ],
    'up2',
  );
  const discriminator = block(
    'discriminator',
    [
      convolution('down1', 'conv2d', 32, 'leaky-relu'),
      convolution('down2', 'conv2d', 64, 'leaky-relu'),
      { id: 'flat', kind: 'flatten' },
      { id: 'score', kind: 'dense', params: { units: 1 } },
    ],
    'score',
  );
  const rates = { learningRate: 2e-4, beta1: 0.5 };
  const steps: Step[] = [
    { id: 'noise', kind: 'noise', params: { size: 64 }, inputs: { like: 'data.image' } },
    { id: 'generator', kind: 'block', params: { block: 'generator' }, inputs: { x: 'noise.y' } },
    { id: 'real', kind: 'block', params: { block: 'discriminator' }, inputs: { x: 'data.image' } },
    {
      id: 'fake',
      kind: 'block',
      params: { block: 'discriminator', shareWith: 'real' },
      inputs: { x: 'generator.y' },
    },
    { id: 'judge', kind: 'discriminator-loss', inputs: { real: 'real.y', fake: 'fake.y' } },
    { id: 'fool', kind: 'generator-loss', inputs: { fake: 'fake.y' } },
    { id: 'first', kind: 'adam', params: { ...rates, scope: ['real'] }, inputs: { loss: 'judge.loss' } },
    { id: 'second', kind: 'adam', params: { ...rates, scope: ['generator'] }, inputs: { loss: 'fool.loss' } },
  ];
  return workload('dcgan', 'DCGAN 28×28', {
    sources: { image: images(28, 1), label: classes(10) },
    steps,
    blocks: [generator, discriminator],
  });
}
